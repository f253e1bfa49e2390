import { serviceOfAlarm } from '../../shared/alarms/names.ts';
import type { Ec2 } from '../aws/ec2.ts';
import type { Lambda } from '../aws/lambda.ts';
import type { Entry, Of } from '../journal.ts';
import type { World } from '../world.ts';
import { isDay, mendedAt } from './person.ts';
import type { Servers } from './servers.ts';

/** What no person mends: it is not theirs. */
const NOT_THEIRS = ['zone', 'network'];

/** Somebody is told that a service is down, or that its disk fills, and mends it after a while. */
export function installMending(world: World, ec2: Ec2, servers: Servers, lambda: Lambda): void {
  const { stage, scenario, clock, journal } = world;
  /** Service → when somebody will have mended it. */
  const coming = new Map<string, number>();
  journal.onEntry((entry) => {
    if (isAsked(entry)) approve(world, lambda, entry.notice.workload);
    if (isUpAgain(entry)) coming.delete(entry.notice.workload);
    const service = toldOf(entry, stage.stage);
    if (service === undefined || !stage.services[service] || coming.has(service)) return;
    const at = mendedAt(clock.now, scenario.person, stage.timezone);
    if (at === Number.POSITIVE_INFINITY) return;
    coming.set(service, at);
    clock.at(at, () => {
      if (coming.get(service) !== at) return;
      coming.delete(service);
      mend(service);
    });
  });

  const mend = (service: string) => {
    for (const incident of servers.incidents.of(service))
      if (!NOT_THEIRS.includes(incident.kind)) servers.incidents.end(incident, 'a person');
    const target = stage.services[service]?.target;
    if (!target || !('ec2' in target)) return;
    const isHeld = (stage.services[service]?.offWith ?? []).length > 0;
    const isOff = ec2.instances.get(target.ec2)?.state === 'stopped' && !isHeld;
    if (isOff && servers.incidents.ofInstance(target.ec2).length === 0) ec2.start(target.ec2, 'somebody');
    servers.addresses.correct(target.ec2);
  };
}

/** The service that somebody is told of, so that he does something about it. */
function toldOf(entry: Entry, stage: string): string | undefined {
  if (entry.what === 'notice') {
    const { workload, severity, cause = '', state } = entry.notice;
    return state === 'open' && (severity === 'critical' || cause.startsWith('certificate')) ? workload : undefined;
  }
  if (entry.what !== 'alarm' || entry.state !== 'ALARM') return undefined;
  const { service, alarm } = serviceOfAlarm(stage, entry.name) ?? {};
  // No restart makes room: of the others a recovery is tried first.
  return alarm === 'disk' ? service : undefined;
}

function isUpAgain(entry: Entry): entry is Of<'notice'> {
  return (
    entry.what === 'notice' && entry.notice.state === 'resolved' && (entry.notice.cause ?? '').startsWith('check ')
  );
}

/** A recovery asks whether it may do its next step. */
function isAsked(entry: Entry): entry is Of<'notice'> {
  return entry.what === 'notice' && entry.notice.cause === 'recovery' && / asks \S+$/.test(entry.notice.id);
}

function approve({ scenario, stage, clock, journal }: World, lambda: Lambda, workload: string): void {
  const { approves } = scenario.person;
  const order = [...lambda.functions.keys()].find((name) => name.endsWith('orderRecovery'));
  if (approves === 'never' || order === undefined || !isDay(clock.now, scenario.person, stage.timezone)) return;
  const word = { act: 'approve', workload, by: 'somebody', why: 'as the scenario says' };
  // Too late, or nothing waits any more: then it was not said.
  const refused = (error: Error) => journal.write({ what: 'fault', text: `approve ${workload}: ${error.message}` });
  clock.at(clock.now + approves, () => void lambda.invoke(order, word).catch(refused));
}

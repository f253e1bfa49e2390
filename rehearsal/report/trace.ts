import { serviceOfAlarm } from '../../shared/alarms/names.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Entry, Journal } from '../journal.ts';
import { downMs, type Incident } from '../outside/incidents/course.ts';
import type { Outcome } from '../outside/pinger.ts';

/** What came of an incident, as the history tells it; instants in milliseconds since the epoch. */
export interface Trace extends Outcome {
  failedAt?: number;
  alarmAt?: number;
  /** When the machine was started by that alarm. */
  heardAt?: number;
  recoveryAt?: number;
  helped?: string;
}

/** What is told may come a little after what it tells of is over. */
const AFTERWARDS_MS = 5 * 60_000;

/** @param until when the rehearsal ends */
export function traceOf(incident: Incident, stage: CompiledStage, journal: Journal, until: number): Trace {
  const over = endOf(incident, stage, journal);
  const end = over?.at ?? until;
  const during = journal.entries.filter(({ at }) => at >= incident.at && at <= end + AFTERWARDS_MS);
  const together = machineMates(incident.workload, stage);
  const first = (is: (entry: Entry) => boolean, from = incident.at) =>
    during.find((entry) => entry.at >= from && is(entry))?.at;
  const found = {
    failedAt: first((entry) => entry.what === 'unreached' && isOfPlace(entry.place, incident), incident.downFrom),
    alarmAt: first((entry) => isAlarmOf(entry, together, stage)),
    noticedAt: first((entry) => isTelling(entry, incident, together, stage)),
    heardAt: first((entry) => isRecovery(entry, together, stage) && isByAlarm(entry)),
    recoveryAt: first((entry) => isRecovery(entry, together, stage), incident.downFrom),
    helped: over?.by,
    upAt: over?.at,
  };
  const known = Object.entries(found).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), downMs: downMs(incident, end) };
}

/** When it was over, and by what; not before its name leads to where it is. */
function endOf(
  incident: Incident,
  { services }: CompiledStage,
  journal: Journal,
): { at: number; by: string } | undefined {
  const over = journal.of('incident').find((entry) => entry.id === incident.id && entry.phase === 'over');
  if (!over || !('by' in over)) return undefined;
  const target = services[incident.workload ?? '']?.target;
  const names = journal.of('name').filter(({ id }) => target && 'ec2' in target && target.ec2 === id);
  const lost = names.findLast(({ at }) => at >= incident.at && at <= over.at);
  if (lost?.leads !== 'nowhere') return over;
  const found = names.find(({ at, leads }) => at > over.at && leads === 'there');
  return found && { at: found.at, by: 'a person' };
}

/** The services on the same machine: its alarms have the name of the first. */
function machineMates(workload: string | undefined, { services }: CompiledStage): string[] {
  const target = workload === undefined ? undefined : services[workload]?.target;
  if (workload === undefined || target === undefined) return workload === undefined ? [] : [workload];
  const isSame = (other: object | undefined) => JSON.stringify(other) === JSON.stringify(target);
  return Object.keys(services).filter((name) => isSame(services[name]?.target));
}

function isOfPlace(place: string, { workload }: Incident): boolean {
  return workload === undefined ? place === 'control' : place.startsWith(`${workload} `);
}

function isAlarmOf(entry: Entry, services: string[], { stage }: CompiledStage): boolean {
  if (entry.what !== 'alarm' || entry.state !== 'ALARM') return false;
  return services.includes(serviceOfAlarm(stage, entry.name)?.service ?? '');
}

function isTelling(entry: Entry, { kind, workload }: Incident, services: string[], stage: CompiledStage): boolean {
  if (isAlarmOf(entry, services, stage)) return true;
  if (entry.what !== 'notice' || entry.notice.state !== 'open') return false;
  const { cause = '', workload: of } = entry.notice;
  if (kind === 'network') return cause === 'control';
  return of === workload && cause.startsWith(kind === 'certificate' ? 'certificate ' : 'check ');
}

function isRecovery(entry: Entry, services: string[], { stage }: CompiledStage): boolean {
  if (entry.what !== 'execution' || entry.status !== 'RUNNING' || !entry.arn.includes('-recover-service:'))
    return false;
  const { service, detail } = (entry.input ?? {}) as { service?: string; detail?: { alarmName: string } };
  const of = service ?? (detail && serviceOfAlarm(stage, detail.alarmName)?.service);
  return services.includes(of ?? '');
}

function isByAlarm(entry: Entry): boolean {
  return entry.what === 'execution' && Object.hasOwn(entry.input ?? {}, 'detail');
}

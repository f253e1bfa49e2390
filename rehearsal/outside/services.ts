import type { Check, ServiceWorkload } from '../../shared/stage/compiled.ts';
import { batches, environments } from '../../shared/stage/kinds.ts';
import type { CloudFormation } from '../aws/cloudformation.ts';
import type { Ec2 } from '../aws/ec2.ts';
import type { World } from '../world.ts';
import type { JobQueues } from './job-queues.ts';
import type { Servers } from './servers.ts';

/** What somebody who asks an address or a port gets. */
export type Reached =
  | { status: number; body: string; certificateEndsAt?: number; afterMs?: number }
  | { error: string }
  | 'hangs';

/** An address, or a host and a port. */
export type Place = { url: string; headers?: Record<string, string> } | { host: string; port: number };

interface Deployed {
  queues?: Pick<JobQueues, 'endpointAt'>;
  ec2: Ec2;
  cloudformation: CloudFormation;
  servers: Servers;
}

const ERRORS: Record<string, string> = { refuses: 'ECONNREFUSED', 'hangs-up': 'ECONNRESET' };
const WELL = { status: 200, body: 'OK' };
const YEAR_MS = 365 * 86_400_000;

/**
 * What is watched, as its users see it: on while the batch or the environment that it is on is, unless the scenario says
 * otherwise. The control probe is somebody else's, and always on.
 */
export function reach(world: World, deployed: Deployed, place: Place): Reached {
  const { control } = world.stage;
  if ('url' in place && place.url === control)
    return noted(
      world,
      'control',
      throughNetwork(world, deployed, () => ofControl(world)),
    );
  const endpoint = 'url' in place ? deployed.queues?.endpointAt(place.url, place.headers ?? {}) : undefined;
  if (endpoint) return throughNetwork(world, deployed, endpoint);
  for (const [name, service] of Object.entries(world.stage.services)) {
    const check = service.checks.find((candidate) => isAt(candidate, place));
    const found = check && throughNetwork(world, deployed, () => ofCheck(name, service, check, world, deployed));
    if (found) return noted(world, `${name} ${check.name}`, found);
  }
  return { error: 'ENOTFOUND' };
}

function throughNetwork(world: World, deployed: Deployed, there: () => Reached): Reached {
  return isNetworkDown(world, deployed) ? { error: 'ENETUNREACH' } : there();
}

/** Whether nothing can be reached from where the functions are. */
export function isNetworkDown(world: World, { servers }: Pick<Deployed, 'servers'>): boolean {
  return servers.incidents.isOurNetworkDown || world.faults('network').some((fault) => world.isOn(fault));
}

function ofControl(world: World): Reached {
  const fault = world.faults('control').find((candidate) => world.uses(candidate));
  return fault ? failed(fault.control) : WELL;
}

function ofCheck(name: string, service: ServiceWorkload, check: Check, world: World, deployed: Deployed): Reached {
  if (service.offWith.some((other) => !isUp(other, world, deployed))) return { error: 'ECONNREFUSED' };
  const fault = world
    .faults('service')
    .find(
      (candidate) =>
        world.isFor(candidate, name, 0) && (candidate.check ?? check.name) === check.name && world.uses(candidate),
    );
  if (fault) return failed(fault.service);
  const unwell = deployed.servers.seen(name, service, check);
  if (unwell) return unwell;
  if (check.kind !== 'http') return WELL;
  const { status = WELL.status, contains = WELL.body } = check;
  return {
    status,
    body: contains,
    certificateEndsAt: deployed.servers.certificateEndsAt(name) ?? world.clock.now + YEAR_MS,
  };
}

function failed(how: number | string): Reached {
  if (how === 'hangs') return how;
  return typeof how === 'number' ? { status: how, body: '' } : { error: ERRORS[how] ?? how };
}

/** The laws want to know what failed; that something answers is not worth an entry a minute. */
function noted(world: World, place: string, reached: Reached): Reached {
  const how = reached === 'hangs' ? reached : 'error' in reached ? reached.error : undefined;
  const status = reached !== 'hangs' && 'status' in reached ? reached.status : 0;
  if (how !== undefined || status >= 400) world.journal.write({ what: 'unreached', place, how: how ?? String(status) });
  return reached;
}

function isAt(check: Check, place: Place): boolean {
  if (check.kind === 'http') return 'url' in place && place.url === check.url;
  return check.kind === 'tcp' && 'host' in place && place.host === check.host && place.port === check.port;
}

/** Whether a batch has its instance on, or an environment is there. */
export function isUp(name: string, { stage }: World, { ec2, cloudformation }: Deployed): boolean {
  const [, batch] = batches(stage).find(([known]) => known === name) ?? [];
  if (batch) return ec2.instances.get(batch.instance.id)?.state === 'running';
  const [, environment] = environments(stage).find(([known]) => known === name) ?? [];
  return environment !== undefined && cloudformation.answers(environment.stack.name) === 'yes';
}

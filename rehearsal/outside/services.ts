import { batches, environments } from '../../shared/stage/kinds.ts';
import type { CloudFormation } from '../aws/cloudformation.ts';
import type { Ec2 } from '../aws/ec2.ts';
import type { World } from '../world.ts';

/** What somebody who asks an address or a port gets. */
export type Reached = { status: number; body: string; certificateEndsAt?: number } | { error: string } | 'hangs';

/** An address, or a host and a port. */
export type Place = { url: string } | { host: string; port: number };

const ERRORS: Record<string, string> = { refuses: 'ECONNREFUSED', 'hangs-up': 'ECONNRESET' };
const WELL = { status: 200, body: 'OK' };
const YEAR_MS = 365 * 86_400_000;

/**
 * What is watched, as its users see it: on while the batch or the environment that it is on is, unless the scenario says
 * otherwise. The control probe is somebody else's, and always on.
 */
export function reach(
  world: World,
  { ec2, cloudformation }: { ec2?: Ec2; cloudformation: CloudFormation },
  place: Place,
): Reached {
  const [network] = world.faults('network').filter((fault) => world.isOn(fault));
  if (network) return { error: 'ENETUNREACH' };
  const { control, services } = world.stage;
  if ('url' in place && place.url === control) {
    const fault = world.faults('control').find((candidate) => world.uses(candidate));
    return fault ? failed(fault.control) : WELL;
  }
  const certificateEndsAt = world.clock.now + YEAR_MS;
  for (const [name, service] of Object.entries(services)) {
    const check = service.checks.find((candidate) => isAt(candidate, place));
    if (!check) continue;
    if (service.offWith.some((other) => !isUp(other, world, { ec2, cloudformation }))) return { error: 'ECONNREFUSED' };
    const fault = world
      .faults('service')
      .find(
        (candidate) =>
          world.isFor(candidate, name, 0) && (candidate.check ?? check.name) === check.name && world.uses(candidate),
      );
    const body = check.kind === 'http' ? (check.contains ?? WELL.body) : '';
    const status = check.kind === 'http' ? (check.status ?? WELL.status) : WELL.status;
    return fault ? failed(fault.service) : { status, body, certificateEndsAt };
  }
  return { error: 'ENOTFOUND' };
}

function failed(how: number | string): Reached {
  if (how === 'hangs') return how;
  return typeof how === 'number' ? { status: how, body: '' } : { error: ERRORS[how] ?? how };
}

function isAt(check: World['stage']['services'][string]['checks'][number], place: Place): boolean {
  if (check.kind === 'http') return 'url' in place && place.url === check.url;
  return check.kind === 'tcp' && 'host' in place && place.host === check.host && place.port === check.port;
}

function isUp(
  name: string,
  { stage }: World,
  { ec2, cloudformation }: { ec2?: Ec2 | undefined; cloudformation: CloudFormation },
): boolean {
  const [, batch] = batches(stage).find(([known]) => known === name) ?? [];
  if (batch) return ec2?.instances.get(batch.instance.id)?.state === 'running';
  const [, environment] = environments(stage).find(([known]) => known === name) ?? [];
  return environment !== undefined && cloudformation.answers(environment.stack.name) === 'yes';
}

import type { ServiceWorkload } from '../../shared/stage/compiled.ts';
import type { Deployed } from '../deploy.ts';
import type { World } from '../world.ts';
import { isUp } from './services.ts';

const MINUTE_MS = 60_000;

/** Servers that are to be heard of send a sign of life by cron while they are up, twice in the time that they may be silent. */
export function beat(world: World, deployed: Deployed): void {
  const name = [...deployed.lambda.functions.keys()].find((known) => known.endsWith('recordHeartbeat'));
  if (name === undefined) return;
  for (const [service, workload] of Object.entries(world.stage.services)) {
    const check = workload.checks.find((candidate) => candidate.kind === 'heartbeat');
    if (!check) continue;
    const every = Math.max(1, Math.floor(check.everySeconds / 120)) * MINUTE_MS;
    const next = () => {
      world.clock.at(world.clock.now + every, next);
      // What becomes of it, no server asks.
      if (lives(service, workload, check.name, world, deployed))
        void deployed.lambda.invoke(name, { service }).catch(() => null);
    };
    next();
  }
}

/** Whether the machine is up: one that answers wrongly still sends, one that answers nothing at all does not. */
function lives(name: string, { offWith }: ServiceWorkload, check: string, world: World, deployed: Deployed): boolean {
  if (offWith.some((other) => !isUp(other, world, deployed))) return false;
  if (deployed.servers.isMachineUp(name) === false) return false;
  return !world
    .faults('service')
    .some(
      (fault) =>
        world.isFor(fault, name, 0) &&
        world.isOn(fault) &&
        (fault.check === undefined ? typeof fault.service === 'string' : fault.check === check),
    );
}

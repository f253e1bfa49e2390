import type { ServiceWorkload } from '../../shared/stage/compiled.ts';
import type { Deployed } from '../deploy.ts';
import type { World } from '../world.ts';
import { isUp } from './services.ts';

const MINUTE_MS = 60_000;

/** Servers that are to be heard of send a sign of life each minute, by cron, while they are up. */
export function beat(world: World, deployed: Deployed): void {
  const servers = Object.entries(world.stage.services).filter(([, { checks }]) =>
    checks.some(({ kind }) => kind === 'heartbeat'),
  );
  const name = [...deployed.lambda.functions.keys()].find((known) => known.endsWith('recordHeartbeat'));
  if (servers.length === 0 || name === undefined) return;
  const next = () => {
    world.clock.at(world.clock.now + MINUTE_MS, next);
    // What becomes of it, no server asks.
    for (const [service, workload] of servers)
      if (lives(service, workload, world, deployed)) void deployed.lambda.invoke(name, { service }).catch(() => null);
  };
  next();
}

/** Whether the machine is up: one that answers wrongly still sends, one that answers nothing at all does not. */
function lives(name: string, { checks, offWith }: ServiceWorkload, world: World, deployed: Deployed): boolean {
  if (offWith.some((other) => !isUp(other, world, deployed))) return false;
  if (deployed.servers.isMachineUp(name) === false) return false;
  const own = checks.find(({ kind }) => kind === 'heartbeat')?.name;
  return !world
    .faults('service')
    .some(
      (fault) =>
        world.isFor(fault, name, 0) &&
        world.isOn(fault) &&
        (fault.check === undefined ? typeof fault.service === 'string' : fault.check === own),
    );
}

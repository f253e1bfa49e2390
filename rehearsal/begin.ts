import { VirtualClock } from './clock.ts';
import { type Deployed, deploy } from './deploy.ts';
import { Laws } from './laws.ts';
import { installNetwork } from './network.ts';
import { Calls } from './outside/calls.ts';
import { beat } from './outside/heartbeats.ts';
import { isNetworkDown, reach } from './outside/services.ts';
import { Outside } from './outside.ts';
import { invite } from './people.ts';
import { Random } from './random.ts';
import type { Rehearsal } from './run.ts';
import { install } from './sdk.ts';
import { keepSecrets } from './secrets.ts';
import { World } from './world.ts';

/** A world in which the stage has just been deployed, and everybody and everything outside is there. */
export interface Begun {
  clock: VirtualClock;
  world: World;
  deployed: Deployed;
  laws: Laws;
}

/**
 * Begins a world in this process, which is not good for anything else afterwards: its clock, its SDK and its console are
 * the world's.
 *
 * @param from milliseconds since the epoch
 */
export async function begin(
  { template, stage, stageFile, root, bundle, scenario, seed }: Omit<Rehearsal, 'from' | 'days'>,
  from: number,
): Promise<Begun> {
  const clock = new VirtualClock(from);
  const random = new Random(seed);
  Math.random = () => random.next();
  const world = new World(clock, random, scenario, stage);
  const deployed = await deploy(world, template, root, stageFile, seed, bundle);
  const { secrets, ...addresses } = keepSecrets(world, deployed.ssm);
  const secretOf = (reference: string) => deployed.ssm.parameters.get(reference.replace(/^ssm:/, '')) ?? '';
  const calls = new Calls(world, deployed.steps, secretOf);
  const outside = new Outside(world, deployed.cloudformation, addresses, calls);
  install(world, deployed.dynamodb, (request) => outside.answer(request));
  deployed.queues.isNetworkDown = () => isNetworkDown(world, deployed);
  installNetwork(
    world,
    (place) => reach(world, deployed, place),
    (...place) => deployed.queues.redisAt(...place),
  );
  const laws = new Laws(world.journal, stage, () => secrets, deployed.workers);
  invite(world, deployed);
  beat(world, deployed);
  return { clock, world, deployed, laws };
}

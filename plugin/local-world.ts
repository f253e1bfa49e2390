import { VirtualClock } from '../rehearsal/clock.ts';
import { deploy } from '../rehearsal/deploy.ts';
import { installNetwork } from '../rehearsal/network.ts';
import { Calls } from '../rehearsal/outside/calls.ts';
import { reach } from '../rehearsal/outside/services.ts';
import { Outside } from '../rehearsal/outside.ts';
import { Random } from '../rehearsal/random.ts';
import type { Rehearsal } from '../rehearsal/run.ts';
import { parseScenario } from '../rehearsal/scenario.ts';
import { install } from '../rehearsal/sdk.ts';
import { keepSecrets } from '../rehearsal/secrets.ts';
import { withoutSchedules } from '../rehearsal/template.ts';
import { World } from '../rehearsal/world.ts';
import { awaited, prepare } from './local-prepare.ts';
import { believe } from './local-queues.ts';

/** One invocation of one function. */
export interface Invocation extends Pick<Rehearsal, 'template' | 'stage' | 'stageFile' | 'root'> {
  /** The function's name in AWS. */
  name: string;
  /** What `--env` adds to its environment. */
  environment: Record<string, string>;
  event: unknown;
}

/** What a function answers, in Lambda's words. */
export type Answer = { result: unknown } | { error: { errorType: string; errorMessage: string } };

/**
 * Invokes a function in a world where the stage has just been deployed and what the event speaks of is there. Time
 * begins at the real present, so that an event's deadline means what it says. This process's SDK and console are the
 * world's afterwards, or the next world's.
 *
 * @param log takes what the function logs
 */
export async function invokeInModel(
  { name, event, environment, ...deployment }: Invocation,
  log = (text: string) => void process.stderr.write(text),
): Promise<Answer> {
  const { template, stage, root, stageFile } = deployment;
  const clock = new VirtualClock(Date.now());
  const world = new World(clock, new Random(1), parseScenario({}), stage);
  try {
    // A sweep in between would end the run that the event is about to settle.
    const deployed = await deploy(world, withoutSchedules(template), root, stageFile);
    // The webhooks are secrets of the stage; whatever is posted to them is taken, and whoever is asked is well.
    const outside = new Outside(world, deployed.cloudformation, keepSecrets(world, deployed.ssm), {
      // What a command of Discord says is read.
      answer: ({ url }) => (url.startsWith('https://discord.com/api/') ? { status: 200, data: '{}' } : undefined),
    });
    const calls = new Calls(world, deployed.steps, (name) => deployed.ssm.parameters.get(name.slice(4)) ?? '');
    install(world, deployed.dynamodb, async (request) => {
      const called = await calls.answer(request);
      if (called) return called;
      return request.method === 'get' ? { status: 200, data: '{"status":"UP"}' } : outside.answer(request);
    });
    installNetwork(
      world,
      (place) => reach(world, deployed, place),
      (...place) => deployed.queues.redisAt(...place),
    );
    believe(stage, deployed.ssm, event);
    await prepare(world, deployed, event);
    Object.assign(deployed.lambda.functions.get(name)?.environment ?? {}, environment);
    world.journal.onEntry((entry) => {
      if (entry.what === 'log' && entry.source === name) log(`${entry.text}\n`);
    });
    return { result: await awaited(world, deployed.lambda.invoke(name, event)) };
  } catch (error) {
    if (world.fatal || !isLambdaError(error)) throw world.fatal ?? error;
    return { error: JSON.parse(error.message) };
  } finally {
    clock.uninstall();
  }
}

function isLambdaError(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith('{"errorType":');
}

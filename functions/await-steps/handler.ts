import { sendTaskSuccess } from '../../shared/aws/task-tokens.ts';
import { putWaiting, stepsOf, unendedOf } from '../../shared/state/steps.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { putWaiting, stepsOf, sendTaskSuccess };

/** Lets a branch wait until steps of others have ended. Kept first and looked at then: a step that ends meanwhile finds it. */
export async function awaitSteps({ step, needs, run, token }: Input, effects = real): Promise<Output> {
  const { workload, key, generation } = run;
  await effects.putWaiting({ workload, key, step, generation, needs, token });
  const waitsFor = unendedOf(needs, generation, await effects.stepsOf(workload, key, needs));
  if (waitsFor.length === 0) await effects.sendTaskSuccess(token, {});
  return { waitsFor };
}

export const handler = wrap(input, awaitSteps);

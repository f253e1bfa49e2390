import { NobodyKnows, NotHealthy, StillDown } from '../../shared/errors.ts';
import { real as asks, askUntilSure } from '../../shared/recovery/ask.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { ...asks, stage: deployedStage };

/** Asks a service from outside whether it is down, or whether it has come up again. */
export async function askService(asked: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  if (asked.want === 'confirmed') {
    const { isDown = false, ...answer } = await askUntilSure(stage, asked.service, asked.failures, effects);
    return { isDown, ...answer };
  }
  const { isDown, at, problem } = await askUntilSure(stage, asked.service, 1, effects).catch((error: Error) => {
    // What cannot be seen has not come up.
    if (!(error instanceof NobodyKnows)) throw error;
    return { isDown: true, at: '', problem: error.message };
  });
  if (isDown === false) return { isDown, at };
  const isOver = effects.now() >= Date.parse(asked.since) + asked.withinSeconds * 1000;
  if (isOver) throw new StillDown(problem);
  throw new NotHealthy(problem);
}

export const handler = wrap(input, askService);

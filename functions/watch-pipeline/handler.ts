import { wrap } from '../../shared/wrap.ts';
import { lookForBeginning } from './beginning.ts';
import { type Input, input, type Output } from './contract.ts';
import { lookForEnd } from './end.ts';

/** Says while there is still time that a run of a pipeline has not begun, or is not done. */
export async function watchPipeline(event: Input, effects = { lookForBeginning, lookForEnd }): Promise<Output> {
  if (event.check === 'begun') return effects.lookForBeginning(event);
  return effects.lookForEnd(event);
}

export const handler = wrap(input, watchPipeline);

import { openItems } from '../../shared/state/open.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { lookAfter } from './look-after.ts';

const real = { openItems, lookAfter, now: Date.now };

/** Finds recoveries that fell through: ends those whose execution died, and starts what they have stopped. */
export async function sweepRecoveries(_event: Input, effects = real): Promise<Output> {
  const now = effects.now();
  const open = (await effects.openItems()).runs.filter(({ kind }) => kind === 'service');
  const looked = await Promise.allSettled(
    open.map(async (run) => ((await effects.lookAfter(run, now)) ? [`${run.workload} ${run.key}`] : [])),
  );
  const failures = looked.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `not all was looked after: ${failures.join('; ')}`);
  return {
    open: open.length,
    ended: looked.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])),
  };
}

export const handler = wrap(input, sweepRecoveries);

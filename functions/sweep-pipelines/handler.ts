import { openItems } from '../../shared/state/open.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { lookAfter } from './look-after.ts';
import { startMissing } from './missing.ts';

const real = { openItems, lookAfter, startMissing, now: Date.now };

/** Finds runs of pipelines that fell through: ends those whose execution died, begins what never began. */
export async function sweepPipelines(_event: Input, effects = real): Promise<Output> {
  const now = effects.now();
  const open = (await effects.openItems()).runs.filter(({ kind }) => kind === 'pipeline');
  const looked = await Promise.allSettled(
    open.map(async (run) => ((await effects.lookAfter(run, now)) ? [`${run.workload} ${run.key}`] : [])),
  );
  const [started] = await Promise.allSettled([effects.startMissing(now)]);
  const failures = [...looked, started].flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `not all was looked after: ${failures.join('; ')}`);
  return { open: open.length, ended: looked.flatMap(valuesOf), started: valuesOf(started) };
}

function valuesOf(result: PromiseSettledResult<string[]>): string[] {
  return result.status === 'fulfilled' ? result.value : [];
}

export const handler = wrap(input, sweepPipelines);

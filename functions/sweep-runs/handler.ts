import { openItems } from '../../shared/state/open.ts';
import { wrap } from '../../shared/wrap.ts';
import { lookAfter } from './abandoned.ts';
import { type Input, input, type Output } from './contract.ts';
import { startMissing } from './missing.ts';
import { stopUnstopped } from './unstopped.ts';

const real = { openItems, lookAfter, startMissing, stopUnstopped, now: Date.now };

/** Finds what fell through: ends and stops abandoned runs, starts lost ones. One failure does not hide the others. */
export async function sweepRuns(_event: Input, effects = real): Promise<Output> {
  const now = effects.now();
  const { runs: all, keeps } = await effects.openItems();
  // Recoveries and pipelines have sweepers of their own.
  const runs = all.filter(({ kind }) => kind !== 'service' && kind !== 'pipeline');
  const looked = await Promise.allSettled(
    runs.map(async (run) => ((await effects.lookAfter(run, now)) ? [`${run.workload} ${run.key}`] : [])),
  );
  const started = await Promise.allSettled([effects.startMissing(now), effects.stopUnstopped(now, keeps)]);
  const failures = [...looked, ...started].flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `${failures.length} parts of the sweep failed: ${failures.map(String).join('; ')}`,
    );
  return { open: runs.length, ended: values(looked), started: values(started) };
}

function values(results: PromiseSettledResult<string[]>[]): string[] {
  return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

export const handler = wrap(input, sweepRuns);

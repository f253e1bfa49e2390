import type { Mark, Reading } from './reading.ts';

type Rates = Pick<Reading, 'arrivals' | 'completions' | 'failures' | 'errorPercent'>;

const MINUTE_MS = 60_000;

/**
 * What came and what ended since the last reading, a minute. Completed jobs are often not kept, so they are not counted
 * but reckoned: what came, and is neither inside any more nor failed, was completed. Nothing is said where nothing is
 * known: at the first reading, and after Redis lost its data (its counter went back).
 *
 * @param lately jobs that failed since the last reading and are still kept
 */
export function ratesOf(before: Mark | undefined, now: Mark, lately?: number): Rates {
  const minutes = before ? (now.at - before.at) / MINUTE_MS : 0;
  if (!before || minutes <= 0) return {};
  const came = differenceOf(before.added, now.added);
  if (came !== undefined && came < 0) return {};
  const failed = failedSince(before, now, lately);
  const left = came === undefined ? undefined : came - (now.inside - before.inside);
  // Failed jobs that a person tries again come inside without arriving.
  const completed = left === undefined ? undefined : Math.max(0, left - (failed ?? 0));
  const ended = (completed ?? 0) + (failed ?? 0);
  return {
    ...(came !== undefined && { arrivals: round(came / minutes) }),
    ...(completed !== undefined && { completions: round(completed / minutes) }),
    ...(failed !== undefined && { failures: round(failed / minutes) }),
    ...(completed !== undefined &&
      failed !== undefined &&
      ended > 0 && { errorPercent: round((100 * failed) / ended) }),
  };
}

/** The growth of those that are kept hides what is removed; their times hide what clocks differ by. */
function failedSince(before: Mark, now: Mark, lately: number | undefined): number | undefined {
  const grown = differenceOf(before.failed, now.failed);
  if (grown === undefined) return lately;
  return Math.max(0, grown, lately ?? 0);
}

function differenceOf(before: number | undefined, now: number | undefined): number | undefined {
  return before === undefined || now === undefined ? undefined : now - before;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

import { minutesBetween } from '../../shared/state/health.ts';
import { putHour } from '../../shared/state/uptime.ts';
import { sumsOf } from '../../shared/uptime/sums.ts';

export const real = { minutesBetween, putHour };

const HOUR_MS = 3_600_000;
/** Of those that were missed, so many in one minute. */
const AT_ONCE = 6;

/**
 * Sums up the hours that are over, from the minutes that are kept.
 *
 * @param summed the last hour that was summed up, `2026-11-02T02`; none when nothing ever was
 * @param now milliseconds since the epoch
 * @returns the last hour that is summed up now
 */
export async function sumUp(summed: string | undefined, now: number, effects = real): Promise<string> {
  const over = Math.floor(now / HOUR_MS) * HOUR_MS - HOUR_MS;
  if (summed === undefined) return hourOf(over);
  // Minutes are kept for a week: what is older has no sums.
  const first = Math.max(Date.parse(`${summed}:00Z`) + HOUR_MS, over - 6 * 24 * HOUR_MS);
  let last = summed;
  for (let at = first; at <= over && at < first + AT_ONCE * HOUR_MS; at += HOUR_MS) {
    const sums = sumsOf(hourOf(at), await effects.minutesBetween(at, at + HOUR_MS));
    await Promise.all(Object.entries(sums).map(([service, hour]) => effects.putHour(service, hour)));
    last = hourOf(at);
  }
  return last;
}

function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}

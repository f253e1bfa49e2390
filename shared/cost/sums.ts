import type { Bill, LedgerDay } from '../state/ledger.ts';

/** An estimate at list price, in US dollars, and what is not in it. */
export interface Estimate {
  usd: number;
  /** `makenaide: no price for t9.huge` */
  unknown: string[];
}

/** From the end of a day until its bill is taken as settled: Cost Explorer is a day late, and corrects itself. */
const SETTLED_MS = 48 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** What a day has cost so far: of one workload, or of all. */
export function estimateOf({ workloads }: Pick<LedgerDay, 'workloads'>, workload?: string): Estimate {
  const entries = Object.entries(workloads).filter(([name]) => workload === undefined || name === workload);
  return {
    usd: entries.reduce((sum, [, { usd }]) => sum + usd, 0),
    unknown: entries.flatMap(([name, { unknown = [], unseenSeconds = 0 }]) => [
      ...unknown.map((why) => `${name}: ${why}`),
      ...(unseenSeconds > 0 ? [`${name}: not seen for ${Math.round(unseenSeconds / 60)} minutes`] : []),
    ]),
  };
}

/** What days of UTC have cost: by the bill as far as it is settled, by the estimate since. */
export interface Spent extends Estimate {
  /** The last day whose bill is settled; undefined where none is. */
  billedUntil?: string;
}

/**
 * The spending of days of UTC, such as those of a month so far.
 *
 * @param from the first day, `2026-11-01`; the last one is today
 * @param days those of the ledger that have a part in them
 * @param now milliseconds since the epoch
 */
export function spentSince(from: string, days: LedgerDay[], bills: Bill[], now: number): Spent {
  const settled = bills.filter((bill) => bill.utcDay >= from && isSettled(bill));
  const billedUntil = settled
    .map(({ utcDay }) => utcDay)
    .sort()
    .at(-1);
  const isEstimated = (utcDay: string) => utcDay >= from && !settled.some((bill) => bill.utcDay === utcDay);
  const today = new Date(now).toISOString().slice(0, 10);
  return {
    usd:
      settled.reduce((sum, { usd }) => sum + usd, 0) +
      days
        .flatMap(({ usdByUtcDay }) => Object.entries(usdByUtcDay))
        .filter(([utcDay]) => utcDay <= today && isEstimated(utcDay))
        .reduce((sum, [, usd]) => sum + usd, 0),
    unknown: [
      ...new Set(
        days
          .filter(({ usdByUtcDay }) => Object.keys(usdByUtcDay).some(isEstimated))
          .flatMap((day) => estimateOf(day).unknown),
      ),
    ],
    ...(billedUntil && { billedUntil }),
  };
}

/** Whether the bill of a day was asked for late enough to be whole. */
export function isSettled({ utcDay, askedAt }: Bill): boolean {
  return Date.parse(askedAt) >= Date.parse(`${utcDay}T00:00:00Z`) + DAY_MS + SETTLED_MS;
}

/** How the estimate of a day of UTC stands to its bill: 1 where they agree; undefined for a bill of nothing. */
export function estimateOverBill({ utcDay, usd }: Bill, days: LedgerDay[]): number | undefined {
  if (usd === 0) return undefined;
  return days.reduce((sum, { usdByUtcDay }) => sum + (usdByUtcDay[utcDay] ?? 0), 0) / usd;
}

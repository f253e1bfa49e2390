import { Temporal } from 'temporal-polyfill';
import type { LedgerDay } from '../state/ledger.ts';

/** How many hours of days the ledger has reckoned: of the last one, as a rule, not all. */
export function hoursOf(days: readonly LedgerDay[], timezone: string): number {
  return days.reduce((sum, { day, observedAt }) => sum + hoursOfDay(day, timezone, Date.parse(observedAt)), 0);
}

/** How many hours a local date has had. @param until milliseconds since the epoch */
function hoursOfDay(date: string, timezone: string, until: number): number {
  const day = Temporal.PlainDate.from(date);
  const midnight = (of: Temporal.PlainDate) => of.toZonedDateTime(timezone).epochMilliseconds;
  return Math.max(0, Math.min(midnight(day.add({ days: 1 })), until) - midnight(day)) / 3_600_000;
}

import { zoned } from '../time/slots.ts';

/** A stretch of time within one local day and one day of UTC; instants are milliseconds since the epoch. */
export interface Stretch {
  from: number;
  to: number;
  /** Local date, `2026-11-21`. */
  day: string;
  /** The date in UTC, by which AWS bills. */
  utcDay: string;
  /** Whether the local day ends with it. */
  isLast: boolean;
}

/** The local day that an instant lies in; one with a change of the clocks has not 24 hours. */
export function dayOf(instant: number, timezone: string): { date: string; from: number; to: number } {
  const start = zoned(instant, timezone).startOfDay();
  return {
    date: start.toPlainDate().toString(),
    from: start.epochMilliseconds,
    to: start.add({ days: 1 }).startOfDay().epochMilliseconds,
  };
}

/** The time from one instant to another, cut at each midnight here and in UTC. */
export function stretches(from: number, to: number, timezone: string): Stretch[] {
  const found: Stretch[] = [];
  let at = from;
  do {
    const [local, utc] = [dayOf(at, timezone), dayOf(at, 'UTC')];
    const end = Math.min(local.to, utc.to, to);
    found.push({ from: at, to: end, day: local.date, utcDay: utc.date, isLast: end === local.to });
    at = end;
  } while (at < to);
  return found;
}

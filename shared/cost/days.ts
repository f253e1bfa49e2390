import { dayOf } from '../time/slots.ts';

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

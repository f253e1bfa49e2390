import { dayOf } from '../../shared/time/slots.ts';

/** A local day; instants are milliseconds since the epoch. */
export interface Day {
  /** `2026-11-20` */
  date: string;
  from: number;
  /** Of today, now. */
  to: number;
}

/** The last days up to now, oldest first. @param now milliseconds since the epoch */
export function lastDays(count: number, timezone: string, now: number): Day[] {
  const days: Day[] = [];
  for (let at = now; days.length < count; at = (days[0]?.from ?? at) - 1) {
    const { date, from, to } = dayOf(at, timezone);
    days.unshift({ date, from, to: Math.min(to, now) });
  }
  return days;
}

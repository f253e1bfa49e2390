import { dayOf } from '../../shared/time/slots.ts';
import { round } from '../cost.ts';
import type { Timeline } from '../timeline.ts';

/** What one local day came to. */
export interface DayReport {
  day: string;
  /** Hours that an instance was on, that an environment had resources, or that workers were paid for. */
  onHours: number;
  /** US dollars, where prices are known. */
  usd?: number;
}

/** What an hour costs, in US dollars: one that it is on, and one of what is there in any case. */
export interface Rate {
  on: number;
  always: number;
}

/** A local day, in milliseconds since the epoch, and the hours that each meter counted in it. */
export interface MeteredDay {
  day: string;
  from: number;
  to: number;
  hours: Map<string, number>;
}

/**
 * Reads meters that only go up at the end of each local day.
 *
 * @param read the hours that each has counted until now
 * @returns the days until now; they grow as time passes
 */
export function meterDays(
  clock: Pick<Timeline, 'at'>,
  { timezone, from, to }: { timezone: string; from: number; to: number },
  read: () => Map<string, number>,
): MeteredDay[] {
  const metered: MeteredDay[] = [];
  let before = new Map<string, number>();
  for (const { date: day, ...span } of daysBetween(timezone, from, to))
    clock.at(span.to, () => {
      const now = read();
      const hours = new Map([...now].map(([meter, counted]) => [meter, counted - (before.get(meter) ?? 0)]));
      metered.push({ day, ...span, hours });
      before = now;
    });
  return metered;
}

/** Hours of each day in spans of time. @param spans milliseconds since the epoch; one without an end goes on */
export function hoursIn(spans: { from: number; to?: number }[], day: { from: number; to: number }): number {
  return spans.reduce((sum, { from, to = day.to }) => {
    const inside = Math.min(to, day.to) - Math.max(from, day.from);
    return sum + Math.max(0, inside) / 3_600_000;
  }, 0);
}

/** The days of one meter. @param rate without it their cost is not known */
export function daysOf(meter: string, days: MeteredDay[], rate: Rate | undefined): DayReport[] {
  return days.map(({ day, from, to, hours }) => {
    const on = hours.get(meter) ?? 0;
    const length = (to - from) / 3_600_000;
    return {
      ...{ day, onHours: round(on, 2) },
      ...(rate && { usd: round(on * rate.on + length * rate.always, 4) }),
    };
  });
}

function daysBetween(timezone: string, from: number, to: number): { date: string; from: number; to: number }[] {
  const days = [];
  for (let at = from; at < to; ) {
    const day = dayOf(at, timezone);
    days.push(day);
    at = day.to;
  }
  return days;
}

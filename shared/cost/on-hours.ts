import type { BatchWorkload, Calendar, EnvironmentWorkload } from '../stage/compiled.ts';
import { daySkipped, type Planned, plannedBetween } from '../time/planned.ts';
import { slotAt, zoned } from '../time/slots.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A calendar month in a zone, in milliseconds since the epoch. */
export interface Month {
  name: string;
  from: number;
  to: number;
}

/** @param name `2026-11` */
export function monthOf(name: string, timezone: string): Month {
  const first = zoned(`${name}-01T12:00Z`, 'UTC').toPlainDate();
  const midnight = (date: typeof first) => slotAt(date, '00:00', timezone).at;
  return { name, from: midnight(first), to: midnight(first.add({ months: 1 })) };
}

/** How many hours a month has: an hour more or less where the clocks change. */
export function hoursOf({ from, to }: Month): number {
  return (to - from) / HOUR_MS;
}

/** How often a batch is to run in a month: what the calendar skips is not counted. */
export function plannedRuns(workload: BatchWorkload, calendar: Calendar, { from, to }: Month): number {
  return plannedBetween(workload, calendar, from, to).filter((slot) => isHeld(workload, calendar, slot)).length;
}

/** How many hours of a month an environment is to be up, by its hours and the calendar. */
export function plannedHours(workload: EnvironmentWorkload, calendar: Calendar, { from, to }: Month): number {
  // What begins before the month can last into it, and what begins in it can end after it.
  const slots = plannedBetween(workload, calendar, from - 3 * DAY_MS, to + 3 * DAY_MS);
  const stops = slots.filter(({ act }) => act === 'stop');
  let covered = from;
  let sum = 0;
  for (const start of slots) {
    if (start.act !== 'start' || !isHeld(workload, calendar, start)) continue;
    const end = stops.find(({ at }) => at > start.at)?.at ?? to;
    const [begin, last] = [Math.max(start.at, covered), Math.min(end, to)];
    if (last <= begin) continue;
    sum += last - begin;
    covered = last;
  }
  return sum / HOUR_MS;
}

function isHeld(workload: BatchWorkload | EnvironmentWorkload, calendar: Calendar, { act, key }: Planned): boolean {
  return daySkipped(workload, act, key, calendar) === undefined;
}

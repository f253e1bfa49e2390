import type { Calendar, EnvironmentWorkload, Hours, Workload } from '../stage/compiled.ts';
import { contains, endsOn, isOverMidnight, minuteOfWeek, stretches } from '../stage/hours.ts';
import { dayOff, daysOfWeek, firesOn, type Slot, slotAt, slotsOf, zoned } from './slots.ts';

/** A slot, and what is to happen at it. */
export interface Planned extends Slot {
  act: 'run' | 'start' | 'stop';
}

/** What fires at one time of day. */
export interface Weekly {
  act: Planned['act'];
  /** Local time, `09:00`. */
  time: string;
  /** Days of the week, 1 (Monday) to 7 (Sunday). */
  days: number[];
}

/**
 * Everything that a workload's schedules do in a week; no two of one time have a day in common. A pipeline that another
 * one starts has none.
 *
 * Hours stop on the days that they start on (over midnight the day after), and on every day on which nothing starts:
 * what a person started on a Sunday ends in the evening. No stop lies within other hours.
 */
export function weekly(workload: Workload, calendar: Calendar): Weekly[] {
  if (workload.kind !== 'environment') {
    return workload.at.map(({ time, days }) => ({
      act: 'run',
      time,
      days: daysOfWeek(days ?? workload.days, calendar),
    }));
  }
  const { hours } = workload;
  const starts = hours.map(({ from, days }) => ({ time: from, days: daysOfWeek(days, calendar) }));
  const stops = hours.map((block) => ({ time: block.to, days: stopDays(block, hours, calendar) }));
  return [
    ...joined(starts).map((start) => ({ act: 'start' as const, ...start })),
    ...joined(stops).map((stop) => ({ act: 'stop' as const, ...stop })),
  ];
}

/**
 * What fires in [from, to), holidays included, earliest first.
 *
 * @param from milliseconds since the epoch, inclusive
 * @param to milliseconds since the epoch, exclusive
 */
export function plannedBetween(workload: Workload, calendar: Calendar, from: number, to: number): Planned[] {
  return slotsOf(weekly(workload, calendar), workload.timezone, from, to).map(({ of: { act }, ...slot }) => ({
    ...slot,
    act,
  }));
}

/**
 * Why the calendar skips what fires at this slot, or undefined. A start over midnight counts for the day that it
 * begins on; a stop is never skipped.
 *
 * @param key local wall time, `2026-11-21T09:00`
 */
export function daySkipped(
  workload: Workload,
  act: Planned['act'],
  key: string,
  calendar: Calendar,
): string | undefined {
  if (act === 'stop') return undefined;
  const own = workload.kind === 'pipeline' ? workload.closed[key.slice(0, 10)] : undefined;
  if (own) return `closed: ${own}`;
  if (workload.kind !== 'environment') {
    const entry = workload.at.find(({ time }) => time === key.slice(11, 16));
    return dayOff(key, entry?.days ?? workload.days, calendar);
  }
  const block = workload.hours.find((hours) => key.slice(11, 16) === hours.from && fires(hours, key, calendar));
  return block && dayOff(key, block.days, calendar);
}

/**
 * Whether an instant lies within hours, by the calendar: an environment should be up, work is done on a service.
 *
 * @param instant milliseconds since the epoch
 */
export function isWithinHours(
  { hours, timezone }: Pick<EnvironmentWorkload, 'hours' | 'timezone'>,
  calendar: Calendar,
  instant: number,
): boolean {
  const today = zoned(instant, timezone).toPlainDate();
  return [today, today.subtract({ days: 1 })].some((date) =>
    hours.some((block) => {
      if (!firesOn(date.dayOfWeek, block.days, calendar) || dayOff(date.toString(), block.days, calendar)) return false;
      const end = isOverMidnight(block) ? date.add({ days: 1 }) : date;
      return slotAt(date, block.from, timezone).at <= instant && instant < slotAt(end, block.to, timezone).at;
    }),
  );
}

function fires({ days }: Hours, key: string, calendar: Calendar): boolean {
  // A date is the same day of the week everywhere.
  return firesOn(zoned(`${key.slice(0, 10)}T12:00Z`, 'UTC').dayOfWeek, days, calendar);
}

function stopDays(block: Hours, hours: Hours[], calendar: Calendar): number[] {
  const isFree = (day: number) => !hours.some(({ days }) => firesOn(day, days, calendar));
  const covered = hours.flatMap((other) => stretches(other, calendar));
  return [1, 2, 3, 4, 5, 6, 7]
    .filter((day) => firesOn(day, block.days, calendar) || isFree(day))
    .map((day) => endsOn(day, block))
    .filter((day) => !covered.some((stretch) => contains(stretch, minuteOfWeek(day, block.to))))
    .sort();
}

/** Two of one time would fire twice, under one key. */
function joined(entries: { time: string; days: number[] }[]): { time: string; days: number[] }[] {
  const byTime = Map.groupBy(entries, ({ time }) => time);
  return [...byTime].map(([time, same]) => ({ time, days: [...new Set(same.flatMap(({ days }) => days))].sort() }));
}

import { Temporal } from 'temporal-polyfill';
import type { Calendar, Days } from '../stage/compiled.ts';

/** One moment at which a schedule should start something. */
export interface Slot {
  /** The wall-clock time that names it, `2026-11-21T02:00`: unique in a zone even where the hour occurs twice. */
  key: string;
  /** The instant, in milliseconds since the epoch; for a time inside a spring gap, the first valid minute after it. */
  at: number;
  /** The wall-clock time does not exist on that day, so EventBridge Scheduler silently skips it. */
  inGap: boolean;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/**
 * The wall-clock name of an instant in a zone, `2026-11-21T02:00`.
 *
 * @param instant ISO 8601 with an offset, or milliseconds since the epoch
 */
export function slotKey(instant: string | number, timezone: string): string {
  return zoned(instant, timezone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** An instant as people in the zone read it, `2026-11-21T02:00:00+09:00`. */
export function localTime(instant: string | number, timezone: string): string {
  return zoned(instant, timezone).toString({ smallestUnit: 'second', timeZoneName: 'never' });
}

/**
 * Every slot in [from, to) of times that each have days of the week of their own, earliest first; holidays are looked at
 * when they come.
 *
 * @param weekly `days` from 1 (Monday) to 7 (Sunday)
 * @param from milliseconds since the epoch, inclusive
 * @param to milliseconds since the epoch, exclusive
 */
export function slotsOf<T extends { time: string; days: readonly number[] }>(
  weekly: readonly T[],
  timezone: string,
  from: number,
  to: number,
): (Slot & { of: T })[] {
  const slots: (Slot & { of: T })[] = [];
  const last = zoned(to, timezone).toPlainDate();
  let date = zoned(from, timezone).toPlainDate();
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    for (const of of weekly)
      if (of.days.includes(date.dayOfWeek)) slots.push({ ...slotAt(date, of.time, timezone), of });
  return slots
    .filter((slot) => slot.at >= from && slot.at < to)
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/** The days of the week that a schedule with these days fires on, 1 (Monday) to 7 (Sunday). */
export function daysOfWeek(days: Days, calendar: Pick<Calendar, 'open'>): number[] {
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => firesOn(day, days, calendar));
}

/**
 * Whether a schedule with these days fires on this day of the week. With special working days in the calendar a
 * `weekdays` schedule fires daily and the days off are skipped when they come.
 *
 * @param dayOfWeek 1 (Monday) to 7 (Sunday)
 */
export function firesOn(dayOfWeek: number, days: Days, calendar: Pick<Calendar, 'open'>): boolean {
  if (days === 'every-day') return true;
  if (days === 'weekdays') return dayOfWeek <= 5 || calendar.open.length > 0;
  return days.includes(weekday(dayOfWeek));
}

/**
 * Why nothing should start on the day of this slot, or undefined when it is a day like any other.
 * `every-day` means every day; `weekdays` obeys holidays and special working days; a list of days obeys holidays.
 */
export function dayOff(key: string, days: Days, calendar: Calendar): string | undefined {
  if (days === 'every-day') return undefined;
  const date = key.slice(0, 10);
  const closed = calendar.closed[date];
  const isOpen = days === 'weekdays' && calendar.open.includes(date);
  if (isOpen) return undefined;
  if (closed) return `closed: ${closed}`;
  const { dayOfWeek } = Temporal.PlainDate.from(date);
  if (days === 'weekdays' && dayOfWeek > 5) return `not a working day: ${DAY_NAMES[dayOfWeek - 1]}`;
  return undefined;
}

/** The slot of a local date and a wall-clock time. */
export function slotAt(date: Temporal.PlainDate, time: string, timezone: string): Slot {
  const wall = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const key = wall.toString({ smallestUnit: 'minute' });
  // 'earlier' is the first of two occurrences, and for a time in a gap lies before the gap.
  const earlier = wall.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wall)) return { key, at: earlier.epochMilliseconds, inGap: false };
  const afterGap = earlier.getTimeZoneTransition('next') ?? earlier;
  return { key, at: afterGap.epochMilliseconds, inGap: true };
}

/** An instant in a zone. @param instant ISO 8601 with an offset, or milliseconds since the epoch */
export function zoned(instant: string | number, timezone: string): Temporal.ZonedDateTime {
  const moment =
    typeof instant === 'number' ? Temporal.Instant.fromEpochMilliseconds(instant) : Temporal.Instant.from(instant);
  return moment.toZonedDateTimeISO(timezone);
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

function weekday(dayOfWeek: number): (typeof WEEKDAYS)[number] {
  return WEEKDAYS[dayOfWeek - 1] ?? 'sun';
}

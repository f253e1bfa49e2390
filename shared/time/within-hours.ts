import type { Calendar, Days, Hours } from '../stage/compiled.ts';
import { wallClock } from './wall-clock.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const DAY_MS = 86_400_000;

/**
 * Whether the clocks of a zone show a time within hours, by the calendar: as `isWithinHours`, but without Temporal, which
 * would be a fifth of a function. Where an hour occurs twice, both are the same to it.
 *
 * @param instant milliseconds since the epoch
 */
export function showsHours(hours: Hours, timezone: string, calendar: Calendar, instant: number): boolean {
  const { date, time } = wallClock(instant, timezone);
  const { from, to, days } = hours;
  if (from < to) return from <= time && time < to && isDay(date, days, calendar);
  // Over midnight they are of the day that they begin on.
  const yesterday = new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
  return (from <= time && isDay(date, days, calendar)) || (time < to && isDay(yesterday, days, calendar));
}

/** The calendar's rules of `dayOff`. */
function isDay(date: string, days: Days, { closed, open }: Calendar): boolean {
  if (days === 'every-day') return true;
  const day = DAYS[new Date(date).getUTCDay()] ?? 'sun';
  const isHoliday = closed[date] !== undefined;
  if (days === 'weekdays') return open.includes(date) || (!isHoliday && day !== 'sat' && day !== 'sun');
  return days.includes(day) && !isHoliday;
}

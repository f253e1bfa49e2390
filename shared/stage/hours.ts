import { daysOfWeek } from '../time/slots.ts';
import type { Calendar, Hours } from './compiled.ts';

/** A stretch of the week that hours cover, in minutes since Monday, 00:00; `to` may lie in the week after. */
export interface Stretch {
  /** The day of the week that it begins on, 1 (Monday) to 7 (Sunday). */
  day: number;
  from: number;
  to: number;
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** Whether they last until the next day. */
export function isOverMidnight({ from, to }: Pick<Hours, 'from' | 'to'>): boolean {
  return to <= from;
}

/** The day of the week that hours end on which begin on this one. */
export function endsOn(day: number, hours: Pick<Hours, 'from' | 'to'>): number {
  return isOverMidnight(hours) ? (day % 7) + 1 : day;
}

/** What hours cover of a week that has no holidays. */
export function stretches(hours: Hours, calendar: Pick<Calendar, 'open'>): Stretch[] {
  return daysOfWeek(hours.days, calendar).map((day) => ({
    day,
    from: minuteOfWeek(day, hours.from),
    to: minuteOfWeek(day, hours.to) + (isOverMidnight(hours) ? DAY : 0),
  }));
}

/** Whether a minute of the week lies in a stretch; its end does not. */
export function contains({ from, to }: Stretch, minute: number): boolean {
  return [minute, minute + WEEK].some((at) => at >= from && at < to);
}

/** Whether two stretches have a minute in common, their ends included. */
export function touch(one: Stretch, other: Stretch): boolean {
  return [-WEEK, 0, WEEK].some((shift) => one.from <= other.to + shift && other.from + shift <= one.to);
}

/** Minutes since Monday, 00:00. @param day 1 (Monday) to 7 (Sunday) */
export function minuteOfWeek(day: number, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (day - 1) * DAY + hour * 60 + minute;
}

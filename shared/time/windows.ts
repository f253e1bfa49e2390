import type { Calendar, Hours } from '../stage/compiled.ts';
import { isOverMidnight } from '../stage/hours.ts';
import { dayOff, firesOn, slotAt, zoned } from './slots.ts';

/** From one instant to another, in milliseconds since the epoch. */
export interface Window {
  from: number;
  to: number;
}

/** The hours of the days by the calendar that are not over at `from` and begin before `to`, earliest first. */
export function windowsBetween(
  { hours, timezone }: { hours: Hours[]; timezone: string },
  calendar: Calendar,
  from: number,
  to: number,
): Window[] {
  const windows: Window[] = [];
  const end = zoned(to, timezone).toPlainDate();
  // What begins in the evening before may reach over midnight.
  for (
    let date = zoned(from, timezone).toPlainDate().subtract({ days: 1 });
    date.until(end).days >= 0;
    date = date.add({ days: 1 })
  )
    for (const block of hours) {
      if (!firesOn(date.dayOfWeek, block.days, calendar) || dayOff(date.toString(), block.days, calendar)) continue;
      const lastDay = isOverMidnight(block) ? date.add({ days: 1 }) : date;
      const window = { from: slotAt(date, block.from, timezone).at, to: slotAt(lastDay, block.to, timezone).at };
      if (window.to > from && window.from < to) windows.push(window);
    }
  return windows.sort((a, b) => a.from - b.from);
}

import type { Calendar, QueueWorkload } from '../stage/compiled.ts';
import { showsHours } from '../time/within-hours.ts';

/** So many workers there are at least at this time, by the schedule and the calendar. @param now milliseconds since the epoch */
export function floorOf(
  { scaling, timezone }: Pick<QueueWorkload, 'scaling' | 'timezone'>,
  calendar: Calendar,
  now: number,
): number {
  const floors = scaling.floor
    .filter((hours) => showsHours(hours, timezone, calendar, now))
    .map(({ workers }) => workers);
  return Math.max(scaling.min, ...floors);
}

import { Temporal } from 'temporal-polyfill';
import type { Calendar, EnvironmentWorkload, Hours } from '../../shared/stage/compiled.ts';
import { plannedBetween } from '../../shared/time/planned.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const WEEK = 7 * 86_400_000;

/**
 * When an environment that is up has to be stopped: at the end of its hours; outside of them by the next stop. The
 * hours are computed apart from `shared/time/planned.ts` on purpose: the two are held against each other by every rehearsal.
 *
 * @param instant milliseconds since the epoch
 */
export function dueAt(workload: EnvironmentWorkload, calendar: Calendar, instant: number): number {
  const end = endOfHours(workload, calendar, instant);
  if (end !== undefined) return end;
  const planned = plannedBetween(workload, calendar, instant + 1, instant + 2 * WEEK);
  return planned.find(({ act }) => act === 'stop')?.at ?? Number.POSITIVE_INFINITY;
}

/** When the hours end that an instant lies in; undefined when it lies in none. */
export function endOfHours(workload: EnvironmentWorkload, calendar: Calendar, instant: number): number | undefined {
  const { hours, timezone } = workload;
  const today = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).toPlainDate();
  for (const date of [today.subtract({ days: 1 }), today])
    for (const block of hours) {
      if (!isOpen(date, block, calendar)) continue;
      const at = (day: Temporal.PlainDate, time: string) =>
        day.toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
      const end = at(block.to > block.from ? date : date.add({ days: 1 }), block.to);
      if (at(date, block.from) <= instant && instant < end) return end;
    }
  return undefined;
}

function isOpen(date: Temporal.PlainDate, { days }: Hours, { closed, open }: Calendar): boolean {
  if (days === 'every-day') return true;
  const day = date.toString();
  if (days === 'weekdays') return open.includes(day) || (date.dayOfWeek <= 5 && !(day in closed));
  return days.includes(WEEKDAYS[date.dayOfWeek - 1] ?? 'sun') && !(day in closed);
}

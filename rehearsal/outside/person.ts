import { localTime } from '../../shared/time/slots.ts';
import { localInstant } from '../cron.ts';
import type { Person } from '../scenario/incidents.ts';

/**
 * When somebody who was told at an instant has mended what is down: by day after a while, at night in the morning. An
 * assumption, which the report names; the scenario may say another.
 */
export function mendedAt(told: number, person: Person, timezone: string): number {
  const { repairs, from } = person;
  if (repairs === 'never') return Number.POSITIVE_INFINITY;
  if (isDay(told, person, timezone)) return told + repairs;
  const local = localTime(told, timezone);
  const [date, time] = [local.slice(0, 10), local.slice(11, 16)];
  const morning = time < from ? date : nextDay(date);
  return localInstant(`${morning}T${from}`, timezone);
}

export function isDay(instant: number, { from, to }: Pick<Person, 'from' | 'to'>, timezone: string): boolean {
  const time = localTime(instant, timezone).slice(11, 16);
  return time >= from && time < to;
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

import { createRequire } from 'node:module';

// date-holidays ships CommonJS with a default export that Node and bundlers name differently.
const require = createRequire(import.meta.url);
const Holidays = require('date-holidays') as typeof import('date-holidays').default;

/** How many calendar years of holidays a package carries, the current one included. */
const YEARS = 3;

/**
 * The public holidays of a country, from this year on: local date → name, and the last day that they cover.
 *
 * @param country ISO 3166 two-letter code
 * @param from the first year
 * @source the `date-holidays` package, type `public`
 */
export function publicHolidays(country: string, from: number): { closed: Record<string, string>; until: string } {
  const calendar = new Holidays(country);
  const closed: Record<string, string> = {};
  for (let year = from; year < from + YEARS; year++)
    for (const holiday of calendar.getHolidays(year, 'en'))
      if (holiday.type === 'public') for (const date of datesOf(holiday)) closed[date] ??= holiday.name;
  return { closed, until: `${from + YEARS - 1}-12-31` };
}

/** The codes of every country whose holidays are known. */
export function holidayCountries(): string[] {
  return Object.keys(new Holidays().getCountries());
}

/** A holiday can last several days (Seollal lasts three); `date` is its first in local time. */
function datesOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: days }, (_, day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10));
}

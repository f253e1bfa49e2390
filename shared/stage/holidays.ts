import { createRequire } from 'node:module';

// date-holidays ships CommonJS with a default export that Node and bundlers name differently.
const require = createRequire(import.meta.url);
const Holidays = require('date-holidays') as typeof import('date-holidays').default;
type Calendar = InstanceType<typeof Holidays>;

/** How many calendar years of holidays a package carries, the current one included. */
const YEARS = 3;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The public holidays of a country, from this year on: local date → name, and the last day that they cover.
 * Elections and holidays that a government announces for once are not known: they belong in `calendar.closed`.
 *
 * @param country ISO 3166 two-letter code
 * @param from the first year
 * @source the `date-holidays` package, type `public`, corrected for KR
 */
export function publicHolidays(country: string, from: number): { closed: Record<string, string>; until: string } {
  const calendar = new Holidays(country);
  if (country === 'KR') correctKorea(calendar);
  const closed: Record<string, string> = {};
  // A holiday of several days may begin in the year before.
  for (let year = from - 1; year < from + YEARS; year++)
    for (const holiday of calendar.getHolidays(year, 'en'))
      if (holiday.type === 'public')
        for (const date of datesOf(holiday)) if (date >= `${from}`) closed[date] ??= holiday.name;
  return { closed, until: `${from + YEARS - 1}-12-31` };
}

/** Every country whose holidays are known: code → English name. */
export function holidayCountries(): Record<string, string> {
  return new Holidays().getCountries('en');
}

/**
 * Two rules of date-holidays 3.37 are not the law (관공서의 공휴일에 관한 규정). Seollal is the day before, the day and
 * the day after; the library begins with the day itself, and says so in its KR.yaml, where only the substitute days
 * follow the law (commenthol/date-holidays#300, #578, #640). 1 May is a public holiday with a substitute day since
 * 2026 (nager/Nager.Date#972). Where the library has mended a rule, nothing is changed.
 *
 * @source the official calendars of 2026 and 2027 (월력요항), as hyunbinseo/holidays-kr publishes them
 */
function correctKorea(calendar: Calendar): void {
  if (calendar.unsetRule('korean 01-0-01 P3D'))
    calendar.setHoliday('1 day before korean 01-0-01 P3D', { name: { en: 'Korean New Year' }, type: 'public' });
  if (calendar.getHolidays(2027, 'en').some(({ date, type }) => type === 'public' && date.startsWith('2027-05-01')))
    return;
  const name = { en: 'Labour Day' };
  calendar.setHoliday('05-01 since 2026', { name, type: 'public' });
  calendar.setHoliday('substitutes 05-01 if Saturday,Sunday then next Monday', {
    name,
    type: 'public',
    substitute: true,
    active: [{ from: '2026-01-01' }],
  });
}

/**
 * The local dates that a holiday covers from beginning to end: Chuseok has three, an afternoon has none. The text
 * `date` is the first of them in local time (a holiday that begins at sunset is dated by the day after); `start` and
 * `end` are used for their distance alone, so that no time zone matters. Two hours are for daylight saving.
 */
function datesOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  const days = Math.floor((end.getTime() - start.getTime() + 2 * HOUR) / DAY);
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: days }, (_, day) => new Date(first + day * DAY).toISOString().slice(0, 10));
}

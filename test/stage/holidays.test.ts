import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { holidayCountries, publicHolidays } from '../../shared/stage/holidays.ts';

/** @source the official calendars (월력요항), as hyunbinseo/holidays-kr publishes them; without election days and 27 January 2025, which are announced for once */
const OFFICIAL: Record<number, string> = {
  2025: '01-01 01-28 01-29 01-30 03-01 03-03 05-05 05-06 06-06 08-15 10-03 10-05 10-06 10-07 10-08 10-09 12-25',
  2026: '01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-06 07-17 08-15 08-17 09-24 09-25 09-26 10-03 10-05 10-09 12-25',
  2027: '01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27',
};

describe('publicHolidays of Korea', () => {
  test.each(Object.entries(OFFICIAL))('%s - those of the official calendar, substitute days too', (year, dates) => {
    expect(ofYear('KR', Number(year))).toEqual(dates.split(' ').map((date) => `${year}-${date}`));
  });

  test('what is announced for once - is not known: elections, a bridge before Seollal; calendar.closed takes them', () => {
    expect(publicHolidays('KR', 2025).closed).not.toHaveProperty('2025-01-27');
    expect(publicHolidays('KR', 2025).closed).not.toHaveProperty('2025-06-03');
    expect(publicHolidays('KR', 2026).closed).not.toHaveProperty('2026-06-03');
  });

  test('1 May - is one since 2026, with a substitute day', () => {
    expect(publicHolidays('KR', 2025).closed).not.toHaveProperty('2025-05-01');
    expect(publicHolidays('KR', 2026).closed).toHaveProperty('2026-05-01');
  });

  test('a day - has its name', () => {
    const { closed } = publicHolidays('KR', 2026);
    expect(closed).toMatchObject({
      '2026-02-16': 'Korean New Year',
      '2026-05-01': 'Labour Day',
      '2027-05-03': 'Labour Day (substitute day)',
      '2026-09-26': 'Korean Thanksgiving',
    });
  });
});

describe('publicHolidays', () => {
  test('three years - are covered, and nothing before', () => {
    const { closed, until } = publicHolidays('DE', 2026);
    expect(Object.keys(closed).toSorted().at(0)).toBe('2026-01-01');
    expect(Object.keys(closed).toSorted().at(-1)).toBe('2028-12-26');
    expect(until).toBe('2028-12-31');
  });

  test('a holiday that is observed by some - is none', () => {
    expect(publicHolidays('DE', 2026).closed).not.toHaveProperty('2026-12-24');
  });

  test('an afternoon off - is no day off; four days and a half are four', () => {
    expect(publicHolidays('IS', 2026).closed).not.toHaveProperty('2026-12-24');
    expect(ofYear('TR', 2026).filter((date) => date.startsWith('2026-05-2') || date.startsWith('2026-05-3'))).toEqual([
      '2026-05-27',
      '2026-05-28',
      '2026-05-29',
      '2026-05-30',
    ]);
  });

  test('a holiday from the year before - has its days in this year', () => {
    expect(publicHolidays('SZ', 2026).closed).toHaveProperty('2026-01-02');
  });

  test('codes and names of countries - are known', () => {
    expect(holidayCountries()).toMatchObject({ KR: 'South Korea', DE: 'Germany' });
  });

  test('every country, on machines in zones far apart and with other summer times - one and the same', async () => {
    const zones = ['Asia/Seoul', 'America/Los_Angeles', 'Africa/Cairo', 'Pacific/Kiritimati'];
    const [here, ...elsewhere] = await Promise.all(zones.map(onMachineIn));
    expect(here).toMatch(/^[0-9a-f]{64} 2026-02-16,2026-02-17,2026-02-18$/);
    expect(new Set(elsewhere)).toEqual(new Set([here]));
  });
});

function ofYear(country: string, year: number): string[] {
  return Object.keys(publicHolidays(country, year).closed)
    .filter((date) => date.startsWith(`${year}`))
    .toSorted();
}

/** A fingerprint of all holidays, and Seollal, as a process in another zone computes them. */
async function onMachineIn(zone: string): Promise<string> {
  const script = `
    import { createHash } from 'node:crypto';
    import { holidayCountries, publicHolidays } from '${new URL('../../shared/stage/holidays.ts', import.meta.url)}';
    const all = Object.keys(holidayCountries()).map((country) => publicHolidays(country, 2026));
    const seollal = Object.keys(publicHolidays('KR', 2026).closed).filter((date) => date.startsWith('2026-02'));
    console.log(createHash('sha256').update(JSON.stringify(all)).digest('hex'), seollal.join());
  `;
  const env = { ...process.env, NODE_OPTIONS: '', TZ: zone };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  return stdout.trim();
}

import { describe, expect, test } from '@jest/globals';
import { hoursOf, monthOf, plannedHours, plannedRuns } from '../../../shared/cost/on-hours.ts';
import { savingsOf } from '../../../shared/cost/savings.ts';
import { anEnvironment, aStage, aWorkload } from '../builders.ts';

const SEOUL = 'Asia/Seoul';
const NOVEMBER = monthOf('2026-11', SEOUL);
const { calendar } = aStage();

describe('a month', () => {
  test.each([
    ['2026-11', SEOUL, 720],
    ['2026-02', SEOUL, 672],
    ['2026-12', SEOUL, 744],
    // The clocks change.
    ['2026-03', 'Europe/Berlin', 743],
    ['2026-10', 'Europe/Berlin', 745],
  ])('%s in %s - %d hours', (name, zone, hours) => {
    expect(hoursOf(monthOf(name, zone))).toBe(hours);
  });
});

describe('what is planned', () => {
  test('runs six times a day - 180 in November', () => {
    const at = ['02:00', '09:00', '15:00', '18:00', '21:00', '23:00'].map((time) => ({ time, parameters: {} }));
    expect(plannedRuns(aWorkload({ at }), calendar, NOVEMBER)).toBe(180);
  });

  test('runs on working days - without the holidays, with the special working days', () => {
    const workload = aWorkload({ days: 'weekdays' });
    expect(plannedRuns(workload, calendar, NOVEMBER)).toBe(21);
    const special = { ...calendar, closed: { '2026-11-03': 'a day off' }, open: ['2026-11-07', '2026-11-08'] };
    expect(plannedRuns(workload, special, NOVEMBER)).toBe(22);
  });

  test('nine to six on working days - 189 hours in November', () => {
    const workload = anEnvironment({ hours: [{ days: 'weekdays', from: '09:00', to: '18:00' }] });
    expect(plannedHours(workload, calendar, NOVEMBER)).toBe(189);
    expect(plannedHours(workload, { ...calendar, closed: { '2026-11-03': 'x' } }, NOVEMBER)).toBe(180);
  });

  test('hours over midnight at the ends of a month - only what lies in it', () => {
    const workload = anEnvironment({ hours: [{ days: 'every-day', from: '22:00', to: '06:00' }] });
    expect(plannedHours(workload, calendar, NOVEMBER)).toBe(30 * 8);
    expect(
      plannedHours(anEnvironment({ hours: [{ days: ['mon'], from: '22:00', to: '06:00' }] }), calendar, NOVEMBER),
    ).toBe(
      // The last of five Mondays is the 30th: two hours of its eight.
      4 * 8 + 2,
    );
  });
});

describe('before and after', () => {
  const prices = { 't3.medium': 0.05, gp3: 0.1 };
  const batch = aWorkload({ instance: { id: 'i-1', type: 't3.medium', storage: { size: 30, type: 'gp3' } } });

  test('a batch whose runs take half an hour - its disk on both sides', () => {
    const savings = savingsOf(batch, { calendar, prices }, NOVEMBER, { hours: 0.5, by: 'runs', of: 20 });
    expect(savings.before).toMatchObject({ hours: 720, usd: 39, unknown: [] });
    expect(savings.after).toMatchObject({ hours: 15, usd: 3.75, unknown: [] });
    expect(savings.runs).toEqual({ planned: 30, length: { hours: 0.5, by: 'runs', of: 20 } });
  });

  test('a batch of which nothing is known - as long as its deadline lets it', () => {
    const savings = savingsOf(batch, { calendar, prices }, NOVEMBER);
    expect(savings).toMatchObject({ after: { hours: 60, usd: 6 }, runs: { length: { hours: 2, by: 'deadline' } } });
  });

  test('runs longer than the month - no more than always on', () => {
    const savings = savingsOf(batch, { calendar, prices }, NOVEMBER, { hours: 30, by: 'option' });
    expect(savings.after.usd).toBe(savings.before.usd);
  });

  test('a price that is missing - named, never zero', () => {
    expect(savingsOf(batch, { calendar, prices: { gp3: 0.1 } }, NOVEMBER).after.unknown).toEqual(['t3.medium']);
    expect(savingsOf(aWorkload(), { calendar, prices }, NOVEMBER).before.unknown).toEqual(['instance.type']);
    const environment = anEnvironment({ parts: [{ name: 'DB', count: 1, type: 'db.x' }] });
    expect(savingsOf(environment, { calendar, prices }, NOVEMBER).before).toMatchObject({ unknown: ['DB'], usd: 0 });
    expect(savingsOf(anEnvironment({ parts: [] }), { calendar, prices }, NOVEMBER).after.unknown).toEqual(['parts']);
  });
});

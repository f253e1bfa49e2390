import { describe, expect, test } from '@jest/globals';
import type { Calendar, Hours } from '../../../shared/stage/compiled.ts';
import { daySkipped, isWithinHours, plannedBetween, weekly } from '../../../shared/time/planned.ts';
import { anEnvironment } from '../../resources/environment.ts';
import { aWorkload } from '../builders.ts';

const DAY = 86_400_000;
const NONE: Calendar = { closed: {}, open: [], until: '9999-12-31' };
const KOREA: Calendar = { closed: { '2026-10-09': 'Hangul Day' }, open: ['2026-10-10'], until: '2028-12-31' };

const OFFICE: Hours = { days: 'weekdays', from: '09:00', to: '18:00' };
const NIGHT: Hours = { days: ['fri'], from: '22:00', to: '06:00' };

/** What fires from a local midnight on, as `act key`, the year left out. */
function planned(hours: Hours[], from: string, days: number, calendar = NONE, timezone = 'Asia/Seoul'): string[] {
  const start = Date.parse(from);
  return plannedBetween(anEnvironment({ hours, timezone }), calendar, start, start + days * DAY).map(
    ({ act, key }) => `${act} ${key.slice(5)}`,
  );
}

describe('plannedBetween', () => {
  test('weekdays - started and stopped each, and stopped at the weekend too, when only a person can have started it', () => {
    expect(planned([OFFICE], '2026-11-06T00:00+09:00', 4)).toEqual([
      ...['start 11-06T09:00', 'stop 11-06T18:00', 'stop 11-07T18:00', 'stop 11-08T18:00'],
      ...['start 11-09T09:00', 'stop 11-09T18:00'],
    ]);
  });

  test('a public holiday - fires as every day: what is skipped has a reason', () => {
    expect(planned([OFFICE], '2026-10-09T00:00+09:00', 1, { ...KOREA, open: [] })).toEqual([
      'start 10-09T09:00',
      'stop 10-09T18:00',
    ]);
  });

  test('a special working Saturday in the calendar - every day fires', () => {
    expect(planned([OFFICE], '2026-10-10T00:00+09:00', 2, KOREA)).toEqual([
      ...['start 10-10T09:00', 'stop 10-10T18:00', 'start 10-11T09:00', 'stop 10-11T18:00'],
    ]);
  });

  test('hours of their own on Friday - each day stops at its own time, a free day at both', () => {
    const hours: Hours[] = [
      { ...OFFICE, days: ['mon', 'tue', 'wed', 'thu'] },
      { days: ['fri'], from: '09:00', to: '16:00' },
    ];
    expect(planned(hours, '2026-11-05T00:00+09:00', 3)).toEqual([
      ...['start 11-05T09:00', 'stop 11-05T18:00', 'start 11-06T09:00', 'stop 11-06T16:00'],
      ...['stop 11-07T16:00', 'stop 11-07T18:00'],
    ]);
  });

  test('two blocks on one day - both', () => {
    const hours: Hours[] = [
      { days: ['mon'], from: '08:00', to: '12:00' },
      { days: ['mon'], from: '13:00', to: '17:00' },
    ];
    expect(planned(hours, '2026-11-02T00:00+09:00', 1)).toEqual([
      ...['start 11-02T08:00', 'stop 11-02T12:00', 'start 11-02T13:00', 'stop 11-02T17:00'],
    ]);
  });

  test('two blocks that end at one time - one stop, since two would have one key', () => {
    const hours: Hours[] = [
      { ...OFFICE, days: ['mon'] },
      { days: ['tue'], from: '10:00', to: '18:00' },
    ];
    expect(planned(hours, '2026-11-02T00:00+09:00', 3)).toEqual([
      ...['start 11-02T09:00', 'stop 11-02T18:00', 'start 11-03T10:00', 'stop 11-03T18:00', 'stop 11-04T18:00'],
    ]);
  });

  test('over midnight - stopped the day after, and after every night that is free', () => {
    expect(planned([NIGHT], '2026-11-06T00:00+09:00', 3)).toEqual([
      ...['stop 11-06T06:00', 'start 11-06T22:00', 'stop 11-07T06:00', 'stop 11-08T06:00'],
    ]);
  });

  test('the stop of a free day within other hours - is left out', () => {
    const early: Hours = { days: ['sun'], from: '05:00', to: '20:00' };
    expect(planned([NIGHT, early], '2026-11-08T00:00+09:00', 1)).toEqual(['start 11-08T05:00', 'stop 11-08T20:00']);
  });

  test('the stop of a free day when other hours begin - is left out, since both would have one key', () => {
    const early: Hours = { days: ['mon'], from: '06:00', to: '20:00' };
    expect(planned([NIGHT, early], '2026-11-09T00:00+09:00', 1)).toEqual(['start 11-09T06:00', 'stop 11-09T20:00']);
  });

  test('Berlin in spring, hours that begin in the gap - start at its end, and are marked', () => {
    const workload = anEnvironment({
      hours: [{ days: 'every-day', from: '02:30', to: '08:00' }],
      timezone: 'Europe/Berlin',
    });
    const from = Date.parse('2026-03-29T00:00+01:00');
    expect(plannedBetween(workload, NONE, from, from + DAY / 2)).toEqual([
      { act: 'start', key: '2026-03-29T02:30', at: Date.parse('2026-03-29T01:00Z'), inGap: true },
      { act: 'stop', key: '2026-03-29T08:00', at: Date.parse('2026-03-29T06:00Z'), inGap: false },
    ]);
  });

  test('Berlin in autumn, hours that end at a time which comes twice - stop at the first', () => {
    const workload = anEnvironment({
      hours: [{ days: ['sat'], from: '20:00', to: '02:30' }],
      timezone: 'Europe/Berlin',
    });
    const from = Date.parse('2026-10-24T12:00+02:00');
    expect(plannedBetween(workload, NONE, from, from + DAY).map(({ act, at }) => [act, new Date(at).toJSON()])).toEqual(
      [
        ['start', '2026-10-24T18:00:00.000Z'],
        ['stop', '2026-10-25T00:30:00.000Z'],
      ],
    );
  });

  test('a batch - its runs', () => {
    const from = Date.parse('2026-11-02T00:00+09:00');
    expect(plannedBetween(aWorkload(), NONE, from, from + DAY)).toEqual([
      { act: 'run', key: '2026-11-02T02:00', at: Date.parse('2026-11-01T17:00Z'), inGap: false },
    ]);
  });
});

describe('a batch with days of its own for one time', () => {
  const workload = aWorkload({
    days: 'weekdays',
    at: [
      { time: '09:00', parameters: {} },
      { time: '11:00', parameters: {}, days: ['sat'] },
    ],
  });

  test('a week - each time on its days', () => {
    const friday = Date.parse('2026-11-06T00:00+09:00');
    expect(plannedBetween(workload, NONE, friday, friday + 4 * DAY).map(({ key }) => key)).toEqual([
      ...['2026-11-06T09:00', '2026-11-07T11:00', '2026-11-09T09:00'],
    ]);
  });

  test('a holiday on a Saturday - that time is skipped by its own days', () => {
    const closed = { ...NONE, closed: { '2026-10-03': 'National Foundation Day' } };
    expect(daySkipped(workload, 'run', '2026-10-03T11:00', closed)).toBe('closed: National Foundation Day');
    expect(daySkipped(workload, 'run', '2026-11-07T11:00', closed)).toBeUndefined();
    expect(daySkipped(workload, 'run', '2026-11-07T09:00', closed)).toBe('not a working day: Saturday');
  });
});

describe('weekly', () => {
  test('weekdays - start on five days, stop on seven', () => {
    expect(weekly(anEnvironment(), NONE)).toEqual([
      { act: 'start', time: '09:00', days: [1, 2, 3, 4, 5] },
      { act: 'stop', time: '18:00', days: [1, 2, 3, 4, 5, 6, 7] },
    ]);
  });
});

describe('daySkipped', () => {
  const mixed = anEnvironment({ hours: [OFFICE, { days: ['sat'], from: '20:00', to: '04:00' }] });

  test.each<[string, 'start' | 'stop', string, string | undefined]>([
    ['a working day', 'start', '2026-10-08T09:00', undefined],
    ['a holiday', 'start', '2026-10-09T09:00', 'closed: Hangul Day'],
    ['the stop of a holiday', 'stop', '2026-10-09T18:00', undefined],
    ['a special working Saturday', 'start', '2026-10-10T09:00', undefined],
    ['the evening of that Saturday', 'start', '2026-10-10T20:00', undefined],
    ['a Saturday', 'start', '2026-10-17T09:00', 'not a working day: Saturday'],
    ['the evening of that', 'start', '2026-10-17T20:00', undefined],
    ['a time that is none of its starts', 'start', '2026-10-09T11:11', undefined],
  ])('%s - says why, or nothing', (_, act, key, reason) => {
    expect(daySkipped(mixed, act, key, KOREA)).toBe(reason);
  });

  test('over midnight into a holiday - counts for the day that it begins on', () => {
    const nights = anEnvironment({ hours: [{ days: 'weekdays', from: '22:00', to: '06:00' }] });
    expect(daySkipped(nights, 'start', '2026-10-08T22:00', KOREA)).toBeUndefined();
    expect(daySkipped(nights, 'start', '2026-10-09T22:00', KOREA)).toBe('closed: Hangul Day');
  });

  test('a batch - by its days', () => {
    expect(daySkipped(aWorkload({ days: 'weekdays' }), 'run', '2026-10-09T02:00', KOREA)).toBe('closed: Hangul Day');
    expect(daySkipped(aWorkload(), 'run', '2026-10-09T02:00', KOREA)).toBeUndefined();
  });
});

describe('isWithinHours', () => {
  const within = (hours: Hours, at: string, calendar = KOREA, timezone = 'Asia/Seoul') =>
    isWithinHours(anEnvironment({ hours: [hours], timezone }), calendar, Date.parse(at));

  test.each<[string, Hours, string, boolean]>([
    ['before', OFFICE, '2026-10-08T08:59+09:00', false],
    ['the first minute', OFFICE, '2026-10-08T09:00+09:00', true],
    ['the last', OFFICE, '2026-10-08T17:59+09:00', true],
    ['the end', OFFICE, '2026-10-08T18:00+09:00', false],
    ['a holiday', OFFICE, '2026-10-09T12:00+09:00', false],
    ['a special working Saturday', OFFICE, '2026-10-10T12:00+09:00', true],
    ['a Sunday', OFFICE, '2026-10-11T12:00+09:00', false],
    ['over midnight, before', NIGHT, '2026-10-16T21:59+09:00', false],
    ['over midnight, in the evening', NIGHT, '2026-10-16T22:00+09:00', true],
    ['over midnight, the morning after', NIGHT, '2026-10-17T05:59+09:00', true],
    ['over midnight, its end', NIGHT, '2026-10-17T06:00+09:00', false],
    ['the morning after a holiday', NIGHT, '2026-10-10T05:00+09:00', false],
  ])('%s - says so', (_, hours, at, isUp) => {
    expect(within(hours, at)).toBe(isUp);
  });

  test('Berlin, the night of the change - its wall clock counts', () => {
    const night: Hours = { days: ['sat'], from: '22:00', to: '02:30' };
    expect(within(night, '2026-03-29T00:59Z', NONE, 'Europe/Berlin')).toBe(true);
    // 02:30 does not exist: the first minute after the gap ends it.
    expect(within(night, '2026-03-29T01:00Z', NONE, 'Europe/Berlin')).toBe(false);
    expect(within(night, '2026-10-25T00:29Z', NONE, 'Europe/Berlin')).toBe(true);
    expect(within(night, '2026-10-25T00:30Z', NONE, 'Europe/Berlin')).toBe(false);
    // 02:15 again, an hour later.
    expect(within(night, '2026-10-25T01:15Z', NONE, 'Europe/Berlin')).toBe(false);
  });
});

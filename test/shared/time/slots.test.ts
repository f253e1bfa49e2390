import { describe, expect, test } from '@jest/globals';
import type { Calendar, Days } from '../../../shared/stage/compiled.ts';
import { dayOff, daysOfWeek, firesOn, localTime, slotKey, slotsOf } from '../../../shared/time/slots.ts';

const NONE: Calendar = { closed: {}, open: [], until: '9999-12-31' };
const KOREA: Calendar = { closed: { '2026-10-09': 'Hangul Day' }, open: ['2026-10-10'], until: '2028-12-31' };

/** The slots between two instants as `key at`, with a mark on those in a gap. */
function slots(times: string[], timezone: string, from: string, to: string, days: Days = 'every-day', calendar = NONE) {
  const weekly = times.map((time) => ({ time, days: daysOfWeek(days, calendar) }));
  return slotsOf(weekly, timezone, Date.parse(from), Date.parse(to)).map(
    (slot) => `${slot.key} ${new Date(slot.at).toISOString().slice(0, 16)}Z${slot.inGap ? ' in gap' : ''}`,
  );
}

describe('slotsOf', () => {
  test('Asia/Seoul, two times a day - each at its instant, earliest first', () => {
    expect(slots(['09:00', '02:00'], 'Asia/Seoul', '2026-11-20T15:00Z', '2026-11-22T15:00Z')).toEqual([
      '2026-11-21T02:00 2026-11-20T17:00Z',
      '2026-11-21T09:00 2026-11-21T00:00Z',
      '2026-11-22T02:00 2026-11-21T17:00Z',
      '2026-11-22T09:00 2026-11-22T00:00Z',
    ]);
  });

  test('New York, a time that the clock skips in spring - the first minute after the gap, and marked', () => {
    expect(slots(['01:30', '02:30', '03:30'], 'America/New_York', '2026-03-08T05:00Z', '2026-03-09T05:00Z')).toEqual([
      '2026-03-08T01:30 2026-03-08T06:30Z',
      '2026-03-08T02:30 2026-03-08T07:00Z in gap',
      '2026-03-08T03:30 2026-03-08T07:30Z',
    ]);
  });

  test('New York, the first minute of the gap and the first after it - only one of them is in it', () => {
    expect(slots(['02:00', '03:00'], 'America/New_York', '2026-03-08T05:00Z', '2026-03-09T04:00Z')).toEqual([
      '2026-03-08T02:00 2026-03-08T07:00Z in gap',
      '2026-03-08T03:00 2026-03-08T07:00Z',
    ]);
  });

  test('New York, a time that comes twice in autumn - one slot, the first', () => {
    expect(slots(['01:30'], 'America/New_York', '2026-11-01T04:00Z', '2026-11-02T05:00Z')).toEqual([
      '2026-11-01T01:30 2026-11-01T05:30Z',
    ]);
  });

  test('Lord Howe, where the gap has half an hour - its end', () => {
    expect(slots(['02:15'], 'Australia/Lord_Howe', '2026-10-03T13:00Z', '2026-10-04T13:00Z')).toEqual([
      '2026-10-04T02:15 2026-10-03T15:30Z in gap',
    ]);
  });

  test('Cairo, where the gap is at midnight - one o´clock of that day', () => {
    expect(slots(['00:00'], 'Africa/Cairo', '2026-04-23T21:00Z', '2026-04-24T20:00Z')).toEqual([
      '2026-04-24T00:00 2026-04-23T22:00Z in gap',
    ]);
  });

  test('the beginning - is in, the end is not', () => {
    expect(slots(['09:00'], 'Asia/Seoul', '2026-11-21T00:00Z', '2026-11-22T00:00Z')).toEqual([
      '2026-11-21T09:00 2026-11-21T00:00Z',
    ]);
    expect(slots(['09:00'], 'Asia/Seoul', '2026-11-21T00:01Z', '2026-11-22T00:00Z')).toEqual([]);
    expect(slots(['09:00'], 'Asia/Seoul', '2026-11-21T00:00Z', '2026-11-21T00:00Z')).toEqual([]);
  });

  test('weekdays with a holiday on Friday - the holiday fires too, to be skipped with its reason', () => {
    const calendar = { ...KOREA, open: [] };
    const week = slots(['09:00'], 'Asia/Seoul', '2026-10-07T15:00Z', '2026-10-12T15:00Z', 'weekdays', calendar);
    expect(week.map((slot) => slot.slice(0, 10))).toEqual(['2026-10-08', '2026-10-09', '2026-10-12']);
  });

  test('weekdays with a special working day in the calendar - every day fires', () => {
    const week = slots(['09:00'], 'Asia/Seoul', '2026-10-07T15:00Z', '2026-10-12T15:00Z', 'weekdays', KOREA);
    expect(week).toHaveLength(5);
  });

  test('a list of days - those days', () => {
    const week = slots(['09:00'], 'Asia/Seoul', '2026-10-04T15:00Z', '2026-10-11T15:00Z', ['mon', 'sun'], KOREA);
    expect(week.map((slot) => slot.slice(0, 10))).toEqual(['2026-10-05', '2026-10-11']);
  });
});

describe('firesOn', () => {
  test.each<[Days, Calendar, number[]]>([
    ['every-day', NONE, [1, 2, 3, 4, 5, 6, 7]],
    ['weekdays', NONE, [1, 2, 3, 4, 5]],
    ['weekdays', KOREA, [1, 2, 3, 4, 5, 6, 7]],
    [['sat', 'sun'], KOREA, [6, 7]],
  ])('%s - its days of the week', (days, calendar, expected) => {
    expect([1, 2, 3, 4, 5, 6, 7].filter((day) => firesOn(day, days, calendar))).toEqual(expected);
  });
});

describe('dayOff', () => {
  test.each<[string, string, Days, string | undefined]>([
    ['a holiday, every day', '2026-10-09T09:00', 'every-day', undefined],
    ['a holiday, weekdays', '2026-10-09T09:00', 'weekdays', 'closed: Hangul Day'],
    ['a holiday, a list of days', '2026-10-09T09:00', ['fri'], 'closed: Hangul Day'],
    ['a special working Saturday, weekdays', '2026-10-10T09:00', 'weekdays', undefined],
    ['a Saturday, weekdays', '2026-10-17T09:00', 'weekdays', 'not a working day: Saturday'],
    ['a Saturday, a list with it', '2026-10-17T09:00', ['sat'], undefined],
    ['a working day, weekdays', '2026-10-12T09:00', 'weekdays', undefined],
  ])('%s - says why nothing starts, or nothing', (_, key, days, reason) => {
    expect(dayOff(key, days, KOREA)).toBe(reason);
  });
});

describe('slotKey and localTime', () => {
  test('an instant - is named by the wall clock of the zone', () => {
    expect(slotKey('2026-11-20T17:00:00Z', 'Asia/Seoul')).toBe('2026-11-21T02:00');
    expect(slotKey(Date.parse('2026-11-20T17:00:30Z'), 'America/New_York')).toBe('2026-11-20T12:00');
    expect(localTime('2026-11-20T17:00:00Z', 'Asia/Seoul')).toBe('2026-11-21T02:00:00+09:00');
  });

  test('every slot outside a gap - has the key of its instant', () => {
    const from = Date.parse('2026-01-01T00:00Z');
    const timezone = 'America/New_York';
    const days = [1, 2, 3, 4, 5, 6, 7];
    const weekly = ['00:30', '02:30'].map((time) => ({ time, days }));
    const year = slotsOf(weekly, timezone, from, from + 365 * 86_400_000).filter(({ inGap }) => !inGap);
    expect(year.length).toBeGreaterThan(700);
    for (const { key, at } of year) expect(slotKey(at, timezone)).toBe(key);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfDay, untilAt } from '../../../functions/override-workload/until.ts';

/** Monday, 14:00 in Seoul. */
const NOW = Date.parse('2026-11-02T14:00:00+09:00');
const ZONES = ['Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'];

const at = (until: string, timezone = 'Asia/Seoul', now = NOW) => new Date(untilAt(until, timezone, now)).toISOString();
const local = (instant: number, timezone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
    .format(instant)
    .replace(' ', 'T');

describe('untilAt', () => {
  test.each([
    ['a time of today', '22:00', '2026-11-02T13:00:00.000Z'],
    ['the next minute', '14:01', '2026-11-02T05:01:00.000Z'],
    ['a local date and time', '2026-11-03T09:00', '2026-11-03T00:00:00.000Z'],
    ['with seconds', '2026-11-03T09:00:30', '2026-11-03T00:00:30.000Z'],
    ['with an offset', '2026-11-03T09:00+01:00', '2026-11-03T08:00:00.000Z'],
    ['with an offset without a colon', '2026-11-03T09:00:00-0500', '2026-11-03T14:00:00.000Z'],
    ['in UTC', '2026-11-03T09:00:00Z', '2026-11-03T09:00:00.000Z'],
    ['in UTC, to the millisecond', '2026-11-03T09:00:00.250Z', '2026-11-03T09:00:00.250Z'],
  ])('%s, %s - that instant', (_, until, expected) => {
    expect(at(until)).toBe(expected);
  });

  test('a time of day - is of today in the zone, not in UTC', () => {
    // Already Tuesday in Seoul, still Monday in New York.
    const now = Date.parse('2026-11-02T20:00:00Z');
    expect(at('22:00', 'Asia/Seoul', now)).toBe('2026-11-03T13:00:00.000Z');
    expect(at('22:00', 'America/New_York', now)).toBe('2026-11-03T03:00:00.000Z');
  });

  test.each([
    'tomorrow',
    '',
    '9:00',
    '24:00',
    '22:60',
    '22',
    '22:00:00',
    '2026-11-03',
    '2026-11',
    '2026-13-03T09:00',
    '2026-02-30T09:00',
    '2026-11-03 09:00',
    '2026-11-03T25:00Z',
    // Temporal would read the local time and not look at what follows.
    '2026-11-03T09:00+01',
    '2026-11-03T09:00[Europe/Berlin]',
    '2026-11-03T09:00+01:00[Europe/Berlin]',
    '10m',
    '1793559605000',
  ])('%j - InvalidInput that says how to write it', (until) => {
    expect(() => untilAt(until, 'Asia/Seoul', NOW)).toThrow(
      expect.objectContaining({
        name: 'InvalidInput',
        message: expect.stringContaining(`"${until}" is no time: write`),
      }),
    );
  });

  test.each(['14:00', '13:59', '00:00', '2026-11-02T14:00', '2026-11-02T05:00:00Z', '2025-01-01T00:00Z'])(
    '%s has come - InvalidInput',
    (until) => {
      expect(() => untilAt(until, 'Asia/Seoul', NOW)).toThrow(
        expect.objectContaining({ name: 'InvalidInput', message: `until: ${until} has passed` }),
      );
    },
  );

  test('a time that the clock skips - as long after midnight as it would have been', () => {
    const now = Date.parse('2026-03-28T23:30:00Z');
    expect(at('02:30', 'Europe/Berlin', now)).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-03-29T02:30', 'Europe/Berlin', now)).toBe('2026-03-29T01:30:00.000Z');
  });

  test('a time that comes twice - the first', () => {
    const now = Date.parse('2026-10-24T22:30:00Z');
    expect(at('02:30', 'Europe/Berlin', now)).toBe('2026-10-25T00:30:00.000Z');
  });

  test('a time that comes twice, between the two - has passed', () => {
    const now = Date.parse('2026-10-25T00:45:00Z');
    expect(() => at('02:30', 'Europe/Berlin', now)).toThrow('has passed');
  });

  test('any minute of any day in any zone - the wall clock shows it then', () => {
    const minute = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 11, 31) / 60_000 });
    fc.assert(
      fc.property(minute, fc.constantFrom(...ZONES), (minutes, timezone) => {
        const instant = minutes * 60_000;
        const wall = local(instant, timezone);
        const read = untilAt(wall, timezone, instant - 26 * 3_600_000);
        expect(local(read, timezone)).toBe(wall);
        // Of an hour that comes twice the first is meant.
        expect(read).toBeLessThanOrEqual(instant);
        expect(instant - read).toBeLessThanOrEqual(3_600_000);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test('any instant in any offset - that very instant, in any zone', () => {
    const millisecond = fc.integer({ min: NOW + 1, max: NOW + 400 * 86_400_000 });
    fc.assert(
      fc.property(millisecond, fc.constantFrom(...ZONES), fc.integer({ min: -12, max: 14 }), (instant, zone, hours) => {
        const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
        const wall = new Date(instant + hours * 3_600_000).toISOString().slice(0, -1);
        expect(untilAt(`${wall}${offset}`, zone, NOW)).toBe(instant);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  test('any text - an instant to come, or InvalidInput', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d:TZ+.-]{1,25}$/)), (text) => {
        try {
          expect(untilAt(text, 'Asia/Seoul', NOW)).toBeGreaterThan(NOW);
        } catch (error) {
          expect(error).toMatchObject({ name: 'InvalidInput' });
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});

describe('endOfDay', () => {
  test.each([
    ['an afternoon', 'Asia/Seoul', '2026-11-02T05:00Z', '2026-11-02T15:00Z'],
    ['midnight itself', 'Asia/Seoul', '2026-11-02T15:00Z', '2026-11-03T15:00Z'],
    ['a day of 23 hours', 'Europe/Berlin', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['a day of 25 hours', 'Europe/Berlin', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['before a day whose midnight does not exist', 'Africa/Cairo', '2026-04-23T12:00Z', '2026-04-23T22:00Z'],
    ['a day whose midnight does not exist', 'Africa/Cairo', '2026-04-24T12:00Z', '2026-04-24T21:00Z'],
  ])('%s - the next midnight in the zone', (_, timezone, now, expected) => {
    expect(endOfDay(timezone, Date.parse(now))).toBe(Date.parse(expected));
  });
});

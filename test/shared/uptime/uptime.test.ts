import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pack } from '../../../shared/state/health.ts';
import { sumsOf } from '../../../shared/uptime/sums.ts';
import { type CheckHour, type Downtime, type Hour, uptimeOf } from '../../../shared/uptime/uptime.ts';

const MINUTE = 60_000;
const FROM = Date.parse('2026-11-02T00:00:00Z');
const at = (minute: number) => FROM + minute * MINUTE;
const NOTHING: CheckHour = { ok: 0, failed: 0, unknown: 0, excluded: 0, ms: 0, slowest: 0 };
const hour = (checks: Record<string, Partial<CheckHour>>): Hour => ({
  hour: '2026-11-02T00',
  checks: Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, { ...NOTHING, ...check }])),
});
const down = (from: number, to?: number, check = 'front'): Downtime => ({
  check,
  problem: 'answers 500',
  from: at(from),
  ...(to !== undefined && { to: at(to) }),
});

describe('how long a service was up', () => {
  test('never down - all of the time that it was watched', () => {
    expect(uptimeOf([hour({ front: { ok: 60 } })], [], at(0), at(60))).toEqual({
      percent: 100,
      watchedMinutes: 60,
      downMinutes: 0,
      downtimes: 0,
      longestMinutes: 0,
    });
  });

  test('down for six minutes of an hour - nine tenths', () => {
    const hours = [hour({ front: { ok: 54, failed: 6 } })];
    expect(uptimeOf(hours, [down(10, 16)], at(0), at(60))).toMatchObject({
      percent: 90,
      downtimes: 1,
      longestMinutes: 6,
    });
  });

  test('single failures that opened nothing - are not down', () => {
    expect(uptimeOf([hour({ front: { ok: 57, failed: 3 } })], [], at(0), at(60)).percent).toBe(100);
  });

  test('two checks at the same time - it was down once', () => {
    const hours = [hour({ front: { ok: 50, failed: 10 }, port: { ok: 60 } })];
    expect(uptimeOf(hours, [down(10, 16), down(12, 20, 'port')], at(0), at(60))).toMatchObject({
      downMinutes: 10,
      downtimes: 1,
    });
  });

  test('before, after, and still - only what lies within counts', () => {
    const hours = [hour({ front: { ok: 60 } })];
    const { downMinutes } = uptimeOf(hours, [down(-30, 5), down(55), down(-50, -40)], at(0), at(60));
    expect(downMinutes).toBe(10);
  });

  test('maintenance - is no time that it was watched', () => {
    const hours = [hour({ front: { ok: 20, failed: 10, excluded: 30 } })];
    expect(uptimeOf(hours, [down(0, 60)], at(0), at(60))).toMatchObject({ watchedMinutes: 30, percent: 0 });
  });

  test('not watched - nobody knows, which is not the same as up', () => {
    expect(uptimeOf([], [], at(0), at(60))).not.toHaveProperty('percent');
    expect(uptimeOf([hour({ front: { unknown: 60 } })], [], at(0), at(60))).not.toHaveProperty('percent');
  });

  test('whatever happened - it is from 0 to 100, and no more down than watched', () => {
    const span = fc.tuple(fc.integer({ min: -60, max: 120 }), fc.option(fc.integer({ min: 1, max: 60 })));
    fc.assert(
      fc.property(fc.array(span), fc.nat(60), fc.nat(60), (spans, ok, failed) => {
        const downtimes = spans.map(([from, length]) => down(from, length === null ? undefined : from + length));
        const { percent, downMinutes, watchedMinutes } = uptimeOf(
          [hour({ front: { ok, failed } })],
          downtimes,
          at(0),
          at(60),
        );
        expect(downMinutes).toBeLessThanOrEqual(watchedMinutes);
        if (watchedMinutes === 0) expect(percent).toBeUndefined();
        else expect(percent).toBeGreaterThanOrEqual(0);
        if (percent !== undefined) expect(percent).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('the sums of an hour', () => {
  const minute = (index: number, front: string, rest: object = {}) => ({
    at: at(index),
    results: { web: { front } },
    held: {},
    ...rest,
  });

  test('what each minute showed - is counted as what it was', () => {
    const minutes = [
      minute(0, 'o80'),
      minute(1, 'o120'),
      minute(2, 'f90 answers 500'),
      minute(3, 'u not asked in time'),
      minute(4, 'f90 answers 500', { held: { web: 'maintenance' } }),
      minute(5, 'o80', { held: { web: 'maintenance' } }),
      minute(6, 'f90 answers 500', { isOurs: true }),
    ];
    expect(sumsOf('2026-11-02T00', minutes)).toEqual({
      web: {
        hour: '2026-11-02T00',
        checks: { front: { ok: 3, failed: 1, unknown: 2, excluded: 1, ms: 280, slowest: 120 } },
      },
    });
  });

  test('what is packed - is counted as it was found', () => {
    const results = pack({
      a: { outcome: 'ok', ms: 80.4 },
      b: { outcome: 'failed', ms: 0, problem: 'x'.repeat(500) },
      c: { outcome: 'unknown', problem: 'never heard of' },
    });
    expect(results['b']).toHaveLength(83);
    const { web } = sumsOf('2026-11-02T00', [{ at: at(0), results: { web: results }, held: {} }]);
    expect(web?.checks).toMatchObject({ a: { ok: 1, ms: 80 }, b: { failed: 1 }, c: { unknown: 1 } });
  });
});

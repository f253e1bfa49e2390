import { describe, expect, test } from '@jest/globals';
import { type Look, reckon } from '../../../shared/cost/reckon.ts';
import { estimateOf } from '../../../shared/cost/sums.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../../shared/state/ledger.ts';
import { aStage, aWorkload, INSTANCE } from '../builders.ts';

const HOUR = 3_600_000;
/** Monday in Seoul: midnight is 15:00 in UTC. */
const MIDNIGHT = Date.parse('2026-11-02T00:00:00+09:00');
const stage = aStage({
  prices: { 't3.medium': 0.052, 'c5.large': 0.1, gp3: 0.0912 },
  workloads: { nightly: aWorkload({ instance: { id: INSTANCE, type: 't3.medium' } }) },
});
const off: Look = { isOn: false };
const on = (from: number, to: number, more: object = {}): Look => ({ isOn: true, on: { from, to }, ...more });

/** Reckons one look after the other. */
function ledger(looks: [at: number, look: Look][], of: CompiledStage = stage): LedgerDay[] {
  const days = new Map<string, LedgerDay>();
  let last: LedgerDay | undefined;
  for (const [at, look] of looks) {
    for (const day of reckon(last, { nightly: look }, of, at)) days.set(day.day, day);
    last = [...days.values()].at(-1);
  }
  return [...days.values()];
}

const spend = (day: LedgerDay | undefined) => day?.workloads['nightly'];

describe('reckon', () => {
  test('on from 02:00 to 02:30, looked at every quarter of an hour - half an hour of its price', () => {
    const [from, to] = [MIDNIGHT + 2 * HOUR, MIDNIGHT + 2.5 * HOUR];
    const looks: [number, Look][] = [];
    for (let at = MIDNIGHT; at <= MIDNIGHT + 4 * HOUR; at += HOUR / 4) {
      const seen = at < from ? off : at < to ? on(from, at) : { isOn: false, on: { from, to } };
      looks.push([at, seen]);
    }
    const [day] = ledger(looks);
    expect(spend(day)).toMatchObject({ onSeconds: 1800, isOn: false });
    expect(spend(day)?.usd).toBeCloseTo(0.026, 10);
    expect(spend(day)?.unseenSeconds).toBeUndefined();
  });

  test('looked at for the first time at noon, on since yesterday - today is reckoned from midnight', () => {
    const noon = MIDNIGHT + 12 * HOUR;
    const [day] = ledger([[noon, on(MIDNIGHT - 5 * HOUR, noon)]]);
    expect(day).toMatchObject({ day: '2026-11-02', observedAt: new Date(noon).toISOString() });
    expect(spend(day)?.onSeconds).toBe(12 * 3600);
  });

  test('on over midnight - each day has its part, and each day of UTC too', () => {
    const from = MIDNIGHT - HOUR;
    const days = ledger([
      [from, on(from, from)],
      [MIDNIGHT + HOUR, on(from, MIDNIGHT + HOUR)],
    ]);
    expect(days.map(({ day, observedAt }) => [day, observedAt])).toEqual([
      ['2026-11-01', new Date(MIDNIGHT).toISOString()],
      ['2026-11-02', new Date(MIDNIGHT + HOUR).toISOString()],
    ]);
    expect(days.map((day) => spend(day)?.onSeconds)).toEqual([3600, 3600]);
    expect(days[0]?.usdByUtcDay['2026-11-01']).toBeCloseTo(0.052, 10);
    expect(days[1]?.usdByUtcDay).toEqual({ '2026-11-01': expect.closeTo(0.052, 10) });
  });

  test('the morning of Seoul - the day of UTC changes at nine', () => {
    const from = MIDNIGHT + 8 * HOUR;
    const [day] = ledger([
      [from, on(from, from)],
      [from + 2 * HOUR, on(from, from + 2 * HOUR)],
    ]);
    expect(day?.usdByUtcDay).toEqual({
      '2026-11-01': expect.closeTo(0.052, 10),
      '2026-11-02': expect.closeTo(0.052, 10),
    });
  });

  test('started as a larger type than the stage file says - reckoned at the price of what is there', () => {
    const [day] = ledger([
      [MIDNIGHT, off],
      [MIDNIGHT + HOUR / 2, on(MIDNIGHT, MIDNIGHT + HOUR / 2, { type: 'c5.large' })],
    ]);
    expect(spend(day)?.usd).toBeCloseTo(0.05, 10);
  });

  test('a disk - costs while the instance is off too', () => {
    const disk = aWorkload({ instance: { id: INSTANCE, type: 't3.medium', storage: { size: 73, type: 'gp3' } } });
    const [day] = ledger([[MIDNIGHT + 10 * HOUR, off]], { ...stage, workloads: { nightly: disk } });
    // 73 GB of a month of 730 hours are a tenth of a GB-month an hour.
    expect(spend(day)?.usd).toBeCloseTo(0.0912, 6);
  });

  test('a type without a price - unknown while it is on, and for the rest of that day', () => {
    const looks: [number, Look][] = [
      [MIDNIGHT, off],
      [MIDNIGHT + HOUR / 4, on(MIDNIGHT, MIDNIGHT + HOUR / 4, { type: 'u.large' })],
      [MIDNIGHT + HOUR / 2, { isOn: false, type: 't3.medium' }],
    ];
    const [day] = ledger(looks);
    expect(estimateOf(day as LedgerDay)).toEqual({ usd: 0, unknown: ['nightly: no price for u.large'] });
    const [, next] = ledger([...looks, [MIDNIGHT + 25 * HOUR, off]]);
    expect(estimateOf(next as LedgerDay).unknown).toEqual([]);
  });

  test('not to be seen for an hour, on all the time - caught up with when it is seen', () => {
    const unseen: Look = { unseen: 'RequestLimitExceeded' };
    const looks: [number, Look][] = [
      [MIDNIGHT, off],
      [MIDNIGHT + HOUR / 4, on(MIDNIGHT, MIDNIGHT + HOUR / 4)],
      [MIDNIGHT + HOUR / 2, unseen],
      [MIDNIGHT + HOUR, unseen],
    ];
    const [blind] = ledger(looks);
    expect(spend(blind)).toMatchObject({ onSeconds: 900, unknown: ['RequestLimitExceeded'], isOn: true });
    const [day] = ledger([...looks, [MIDNIGHT + 1.25 * HOUR, on(MIDNIGHT, MIDNIGHT + 1.25 * HOUR)]]);
    expect(spend(day)).toMatchObject({ onSeconds: 4500 });
    expect(estimateOf(day as LedgerDay).unknown).toEqual([]);
  });

  test('nobody looked for two hours in which it was started again - what came before is unknown, not nothing', () => {
    const started = MIDNIGHT + 2 * HOUR;
    const [day] = ledger([
      [MIDNIGHT + HOUR, off],
      [MIDNIGHT + 3 * HOUR, on(started, MIDNIGHT + 3 * HOUR)],
    ]);
    expect(spend(day)).toMatchObject({ onSeconds: 3600, unseenSeconds: 3600 });
    expect(estimateOf(day as LedgerDay).unknown).toEqual(['nightly: not seen for 60 minutes']);
  });

  test('not to be seen until after midnight - the rest of that day is unknown for good, the next begins anew', () => {
    const days = ledger([
      [MIDNIGHT - 2 * HOUR, off],
      [MIDNIGHT + HOUR, { unseen: 'InternalError' }],
      [MIDNIGHT + 2 * HOUR, off],
    ]);
    expect(days.map((day) => estimateOf(day).unknown)).toEqual([
      ['nightly: InternalError', 'nightly: not seen for 120 minutes'],
      [],
    ]);
  });

  test('the day on which the clocks go back - has twenty-five hours', () => {
    const berlin = { ...stage, timezone: 'Europe/Berlin' };
    const begins = Date.parse('2026-10-25T00:00:00+02:00');
    const ends = Date.parse('2026-10-26T00:00:00+01:00');
    const days = ledger(
      [
        [begins, off],
        [ends + HOUR, on(begins, ends + HOUR)],
      ],
      berlin,
    );
    expect(days.map((day) => [day.day, spend(day)?.onSeconds])).toEqual([
      ['2026-10-25', 25 * 3600],
      ['2026-10-26', 3600],
    ]);
  });
});

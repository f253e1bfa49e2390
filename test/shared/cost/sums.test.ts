import { describe, expect, test } from '@jest/globals';
import { estimateOverBill, isSettled, spentSince } from '../../../shared/cost/sums.ts';
import type { Bill, LedgerDay } from '../../../shared/state/ledger.ts';

const day = (utcDay: string, usd: number, unknown?: string[]): LedgerDay => ({
  day: utcDay,
  observedAt: `${utcDay}T23:59:00.000Z`,
  workloads: {
    nightly: { usd, onSeconds: 60, isOn: false, seenAt: `${utcDay}T23:59:00.000Z`, ...(unknown && { unknown }) },
  },
  usdByUtcDay: { [utcDay]: usd },
});
const bill = (utcDay: string, usd: number, askedAt: string): Bill => ({ utcDay, usd, askedAt });
const NOW = Date.parse('2026-11-05T12:00:00Z');

describe('the month so far', () => {
  const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'].map((date) => day(date, 1));

  test('without a bill - the estimates', () => {
    expect(spentSince('2026-11-01', days, [], NOW)).toEqual({ usd: 5, unknown: [] });
  });

  test('two days are settled - theirs by the bill, the others by the estimate', () => {
    const bills = [
      bill('2026-11-01', 1.2, '2026-11-04T01:00:00Z'),
      bill('2026-11-02', 0.8, '2026-11-05T01:00:00Z'),
      // Half of the day is not in it yet.
      bill('2026-11-03', 0.1, '2026-11-05T01:00:00Z'),
    ];
    const spent = spentSince('2026-11-01', days, bills, NOW);
    expect(spent).toMatchObject({ billedUntil: '2026-11-02', unknown: [] });
    expect(spent.usd).toBeCloseTo(1.2 + 0.8 + 3, 10);
  });

  test('what was unknown on a day that is billed is known now', () => {
    const unknown = [day('2026-11-01', 0, ['no price for x']), day('2026-11-02', 0, ['no price for y'])];
    const bills = [bill('2026-11-01', 3, '2026-11-04T01:00:00Z')];
    expect(spentSince('2026-11-01', unknown, bills, NOW)).toMatchObject({
      usd: 3,
      unknown: ['nightly: no price for y'],
    });
  });

  test('a day of the month before - is left out', () => {
    expect(spentSince('2026-11-02', days, [bill('2026-11-01', 9, '2026-11-04T01:00:00Z')], NOW).usd).toBe(4);
  });
});

describe('the bill of a day', () => {
  test.each([
    ['2026-11-04T00:00:00Z', true],
    ['2026-11-03T23:59:59Z', false],
  ])('asked for at %s - settled: %s', (askedAt, expected) => {
    expect(isSettled(bill('2026-11-01', 1, askedAt))).toBe(expected);
  });

  test('the estimate of two local days within it - over the bill', () => {
    const parts = [
      day('2026-11-01', 0.5),
      { ...day('2026-11-02', 0), usdByUtcDay: { '2026-11-01': 0.25, '2026-11-02': 9 } },
    ];
    expect(estimateOverBill(bill('2026-11-01', 1.5, ''), parts)).toBe(0.5);
    expect(estimateOverBill(bill('2026-11-01', 0, ''), parts)).toBeUndefined();
  });
});

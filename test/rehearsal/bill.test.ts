import { describe, expect, test } from '@jest/globals';
import { act, packaged } from './stage.ts';

const HUGE = 'p5.48xlarge';
const DAYS = { stage: 'saturday', from: '2026-10-12', days: 10 } as const;

function stage(budget: object = {}) {
  const { stage: compiled } = packaged('saturday');
  return { ...compiled, budget: { ...compiled.budget, ...budget }, prices: { ...compiled.prices, [HUGE]: 98.32 } };
}

describe('ten days that are held against a synthetic bill', () => {
  test('a bill of exactly what the stage names - the estimate of each day is its bill, to one part in a hundred', async () => {
    const { ledger, violations } = await act({}, DAYS);
    expect(violations).toEqual([]);
    const compared = ledger.filter(({ ratio }) => ratio !== undefined);
    expect(compared.length).toBeGreaterThanOrEqual(8);
    for (const { ratio } of compared) expect(ratio).toBeCloseTo(1, 2);
  });

  test('a discount, other costs, credits and data three days late - the error of each day is shown, credits hide nothing', async () => {
    const bill = { late: '72h', other: 1, discount: 0.1, credit: 3 };
    const { ledger, violations } = await act({ bill }, DAYS);
    expect(violations).toEqual([]);
    const compared = ledger.filter(({ bill: usd }) => usd !== undefined);
    expect(compared.length).toBeGreaterThanOrEqual(5);
    for (const { usd, bill: billed, ratio } of compared) {
      expect(billed).toBeCloseTo(usd * 0.9 + 1, 1);
      expect(ratio).toBeCloseTo(usd / (usd * 0.9 + 1), 1);
    }
  });

  test('Cost Explorer is asked once a day', async () => {
    const { control } = await act({}, DAYS);
    expect(control.apiCalls['cost explorer.GetCostAndUsage']).toBe(10);
    expect(control.costs['Cost Explorer']).toBeCloseTo(0.3);
  });

  test('the bill stops coming - it is said with the day that it is known up to, and limits go on by estimates', async () => {
    const faults = [{ instance: 'started', as: HUGE, at: '2026-10-20T12:00', workload: 'report' }];
    const { notices, violations } = await act({ bill: { late: '720h' }, faults }, { ...DAYS, compiled: stage() });
    expect(violations).toEqual([]);
    const said = notices.filter(({ title }) => title === 'The bill could not be read');
    expect(said[0]?.lines[0]).toMatch(/^The bill is known up to 2026-09-\d\d only\.$/);
    expect(notices.map(({ title }) => title)).toContain('report: daily limit of $5.00 reached');
    expect(notices.map(({ title }) => title)).toContain('Emergency stop: everything is off');
  });

  test('Cost Explorer refuses - it is said once a day, by its error', async () => {
    const faults = [{ call: 'cost explorer.GetCostAndUsage', error: 'DataUnavailableException' }];
    const { notices, violations } = await act({ faults }, { ...DAYS, days: 3 });
    expect(violations).toEqual([]);
    const said = notices.filter(({ title }) => title === 'The bill could not be read');
    expect(said.map(({ lines }) => lines[0])).toEqual(
      Array(3).fill('Cost Explorer answered: DataUnavailableException'),
    );
  });
});

describe("AWS's own budget", () => {
  test('nothing of ours works - AWS stops the instances by the bill', async () => {
    const faults = [
      { instance: 'started', as: HUGE, at: '2026-10-13T12:00', workload: 'report' },
      { function: 'guard-cost', crashes: 9999 },
    ];
    const report = await act({ faults }, { ...DAYS, days: 3, compiled: stage() });
    const onHours = report.workloads['report']?.onHours ?? 0;
    // Two looks of AWS, eight hours apart, and what was spent before them.
    expect(onHours).toBeGreaterThan(8);
    expect(onHours).toBeLessThan(26);
  });
});

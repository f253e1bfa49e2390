import { afterAll, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { closeBudgetGate, closedBudgetGate, openBudgetGate, overBudget } = await import(
  '../../../shared/state/budget-gate.ts'
);
const { endEmergency, newestEmergency, putEmergency } = await import('../../../shared/state/emergency.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOON = Date.parse('2026-11-02T12:00:00+09:00');
const gate = (day = '2026-11-02', until = '2026-11-03T00:00:00+09:00') => ({ day, until, usd: 20.314, limit: 20 });

describe('the gate of the budget', () => {
  test('never closed - nothing is held back, and nothing to open', async () => {
    await openBudgetGate('free', 'ana');
    expect(await overBudget('free', NOON)).toBeUndefined();
    expect(await closedBudgetGate('free', NOON)).toBeUndefined();
  });

  test('of one workload - it alone is held back, until midnight', async () => {
    await closeBudgetGate('own', gate());
    expect(await overBudget('own', NOON)).toBe(
      'over budget: 20.31 of 20 US dollars spent today, nothing new until 2026-11-03T00:00:00+09:00 or resumed',
    );
    expect(await overBudget('other', NOON)).toBeUndefined();
    expect(await overBudget('own', Date.parse('2026-11-03T00:00:00+09:00'))).toBeUndefined();
  });

  test('a person opens it - it stays open for the day, and is closed again the next', async () => {
    await closeBudgetGate('let-go', gate());
    await openBudgetGate('let-go', 'ana');
    await closeBudgetGate('let-go', gate());
    expect(await closedBudgetGate('let-go', NOON)).toBeUndefined();
    await closeBudgetGate('let-go', gate('2026-11-03', '2026-11-04T00:00:00+09:00'));
    expect(await closedBudgetGate('let-go', NOON + 24 * 3_600_000)).toMatchObject({ day: '2026-11-03' });
  });

  test('of the stage - every workload is held back, and a workload of its own is not enough to open it', async () => {
    await closeBudgetGate(undefined, gate());
    expect(await overBudget('other', NOON)).toContain('over budget');
    await openBudgetGate('other', 'ana');
    expect(await overBudget('other', NOON)).toContain('over budget');
    await openBudgetGate(undefined, 'ana');
    expect(await overBudget('other', NOON)).toBeUndefined();
  });
});

describe('the newest emergency', () => {
  test('there was none - nothing to end', async () => {
    await endEmergency('ana');
    expect(await newestEmergency()).toBeUndefined();
  });

  test('a person ends it - by name', async () => {
    const emergency = { day: '2026-11-02', times: 1, usd: 51, at: '2026-11-02T03:00:00.000Z' };
    await putEmergency(emergency);
    expect(await newestEmergency()).toMatchObject(emergency);
    await endEmergency('ana');
    expect(await newestEmergency()).toMatchObject({ ...emergency, endedBy: 'ana' });
  });
});

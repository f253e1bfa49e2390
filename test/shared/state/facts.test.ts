import { afterAll, expect, test } from '@jest/globals';
import { aRun } from '../builders.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { factsOf } = await import('../../../shared/state/facts.ts');
const { countFailure } = await import('../../../shared/state/breaker.ts');
const { closeBudgetGate, openBudgetGate } = await import('../../../shared/state/budget-gate.ts');
const { takeLease } = await import('../../../shared/state/lease.ts');
const { putOverride } = await import('../../../shared/state/overrides.ts');
const { claimRun } = await import('../../../shared/state/runs.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');
const LATER = '2026-11-03T00:00:00Z';
const word = { by: 'ana', why: 'moving', at: '2026-11-01T00:00:00Z' };
const gate = { day: '2026-11-02', until: LATER, usd: 21.4, limit: 20 };

test('nothing is kept - nothing is known', async () => {
  expect(await factsOf('weekly', NOW)).toEqual({ words: [] });
  expect(await factsOf(undefined, NOW)).toEqual({ words: [] });
});

test('everything that is kept of a workload - each fact, none of its runs, none of another', async () => {
  await putOverride('nightly', { ...word, act: 'pause' });
  await putOverride('nightly', { ...word, act: 'keep', until: LATER });
  await countFailure('nightly', 'one');
  await claimRun(aRun());
  await takeLease({ workload: 'nightly', key: 'one', deadlineAt: LATER });
  await closeBudgetGate('nightly', gate);
  await putOverride('shop', { ...word, act: 'pause' });

  expect(await factsOf('nightly', NOW)).toMatchObject({
    words: [{ act: 'pause' }, { act: 'keep', until: LATER }],
    breaker: { failures: 1 },
    lease: { holder: 'one' },
    budget: gate,
  });
});

test('what is over - holds no more', async () => {
  const past = Date.parse('2026-11-04T00:00:00Z');
  const facts = await factsOf('nightly', past);
  expect(facts.words.map(({ act }) => act)).toEqual(['pause']);
  expect(facts).not.toHaveProperty('lease');
  expect(facts).not.toHaveProperty('budget');
});

test('a budget that somebody let go - holds no more', async () => {
  await closeBudgetGate(undefined, gate);
  expect(await factsOf(undefined, NOW)).toMatchObject({ budget: gate });
  await openBudgetGate(undefined, 'ana');
  expect(await factsOf(undefined, NOW)).not.toHaveProperty('budget');
});

test('the gate of the stage - is a word on all', async () => {
  await putOverride(undefined, { ...word, act: 'pause' });
  expect((await factsOf(undefined, NOW)).words).toMatchObject([{ act: 'pause', by: 'ana' }]);
});

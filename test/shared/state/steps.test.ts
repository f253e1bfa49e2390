import { afterAll, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { beginStep, endStep, historyOf, keepStep, putWaiting, stepsOf, waitingOf } = await import(
  '../../../shared/state/steps.ts'
);
const { newestRuns } = await import('../../../shared/state/runs.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const KEY = '2026-11-23T16:30';
const [AT, LATER] = ['2026-11-23T07:30:02.000Z', '2026-11-23T07:32:02.000Z'];
const of = (workload: string, step = 'kospi', key = KEY) => ({ workload, key, step });
const only = async (workload: string, step = 'kospi') => (await stepsOf(workload, KEY, [step]))[0];

describe('a step', () => {
  test('is begun by ten at once - once', async () => {
    const begun = await Promise.all(Array.from({ length: 10 }, () => beginStep(of('race'), 1, AT)));
    expect(begun.filter(Boolean)).toHaveLength(1);
  });

  test('begun and ended - its record has both, and is no run', async () => {
    await beginStep(of('plain'), 1, AT);
    expect(await only('plain')).toMatchObject({ status: 'running', startedAt: AT });
    const ending = { status: 'succeeded' as const, endedAt: LATER, numbers: { collected: 950 }, log: 'here' };
    expect(await endStep(of('plain'), 1, ending)).toBe(true);
    expect(await only('plain')).toMatchObject({ ...ending, startedAt: AT, generation: 1 });
    expect(await newestRuns('plain')).toEqual([]);
  });

  test('ended a second time by a retry - the same', async () => {
    const ending = { status: 'failed' as const, endedAt: LATER, reason: 'no' };
    await beginStep(of('twice'), 1, AT);
    await endStep(of('twice'), 1, ending);
    expect(await endStep(of('twice'), 1, ending)).toBe(true);
    expect(await only('twice')).toMatchObject(ending);
  });

  test('begun in the next execution of the run - nothing of the last is left, which can say no more', async () => {
    await beginStep(of('again'), 1, AT);
    await endStep(of('again'), 1, { status: 'failed', endedAt: AT, reason: 'no', numbers: { collected: 1 } });
    expect(await beginStep(of('again'), 2, LATER)).toBe(true);
    expect(await endStep(of('again'), 1, { status: 'succeeded', endedAt: LATER })).toBe(false);
    const record = await only('again');
    expect(record).toMatchObject({ status: 'running', generation: 2, startedAt: LATER });
    expect(record).not.toHaveProperty('reason');
    expect(record).not.toHaveProperty('numbers');
  });

  test('passed over in the next execution - nothing of its success is left', async () => {
    await beginStep(of('over'), 1, AT);
    await endStep(of('over'), 1, { status: 'succeeded', endedAt: AT, numbers: { collected: 1 }, log: 'here' });
    await endStep(of('over'), 2, { status: 'passed-over', endedAt: LATER, reason: 'check did not succeed' });
    const { expiresAt, pk, sk, ...left } = { expiresAt: 0, pk: '', sk: '', ...(await only('over')) };
    expect(left).toEqual({
      ...{ ...of('over'), generation: 2, status: 'passed-over' },
      ...{ endedAt: LATER, reason: 'check did not succeed' },
    });
    expect(expiresAt).toBeGreaterThan(Date.parse(LATER) / 1000);
  });

  test('kept in the next execution - as it ended, and of that one; what never ended cannot be', async () => {
    await beginStep(of('kept'), 1, AT);
    expect(await keepStep(of('kept'), 2)).toBe(false);
    await endStep(of('kept'), 1, { status: 'succeeded', endedAt: AT, numbers: { collected: 950 } });
    expect(await keepStep(of('kept'), 2)).toBe(true);
    expect(await only('kept')).toMatchObject({ generation: 2, status: 'succeeded', numbers: { collected: 950 } });
    expect(await keepStep(of('kept', 'other'), 2)).toBe(false);
  });
});

test('the steps of a run - more than AWS answers at once, without those that have no record', async () => {
  const names = Array.from({ length: 120 }, (_, n) => `step-${n}`);
  await Promise.all(names.slice(0, 110).map((step) => beginStep(of('many', step), 1, AT)));
  expect((await stepsOf('many', KEY, names)).map(({ step }) => step).sort()).toEqual(names.slice(0, 110).sort());
});

test('the history of a step - its successes before that run, newest first, and of no other step', async () => {
  for (const [day, status] of [
    ['17', 'succeeded'],
    ['18', 'succeeded'],
    ['19', 'failed'],
    ['20', 'succeeded'],
  ] as const)
    await endStep(of('past', 'save', `2026-11-${day}T16:30`), 1, {
      status,
      endedAt: AT,
      numbers: { day: Number(day) },
    });
  await endStep(of('past', 'save-2', '2026-11-20T16:30'), 1, { status: 'succeeded', endedAt: AT });
  await endStep(of('past', 'save', KEY), 1, { status: 'succeeded', endedAt: AT });
  const days = async (limit: number) =>
    (await historyOf(of('past', 'save'), limit)).map(({ numbers }) => numbers?.['day']);
  expect(await days(20)).toEqual([20, 18, 17]);
  expect(await days(2)).toEqual([20, 18]);
});

test('who waits in a run - each with its newest token, and nobody of another run', async () => {
  const waiting = { ...of('wait', 'd'), generation: 1, needs: ['a', 'b'] };
  await putWaiting({ ...waiting, token: 'first' });
  await putWaiting({ ...waiting, token: 'second' });
  await putWaiting({ ...waiting, step: 'e', token: 'third' });
  await putWaiting({ ...waiting, key: `${KEY}:07`, token: 'by hand' });
  expect((await waitingOf('wait', KEY)).map(({ step, token }) => [step, token])).toEqual([
    ['d', 'second'],
    ['e', 'third'],
  ]);
});

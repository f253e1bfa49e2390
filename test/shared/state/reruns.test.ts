import { afterAll, describe, expect, test } from '@jest/globals';
import { aPipelineRun, OF_RERUN, RUN_KEY } from '../pipeline/a-run.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { claimAgain, putBack, recordUnbegun, setBegun, setSlowSaid } = await import('../../../shared/state/reruns.ts');
const { claimRun, endRun, getRun, setTodo } = await import('../../../shared/state/runs.ts');
const { openItems } = await import('../../../shared/state/open.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const known = (workload: string) => getRun(workload, RUN_KEY);
/** A run that has failed and is said. */
async function failed(workload: string) {
  const run = aPipelineRun({ workload });
  await claimRun(run);
  await endRun(run, { status: 'failed', reason: 'kospi did not succeed', endedAt: run.deadlineAt });
  await setTodo(run, undefined);
  return run;
}
const again = (workload: string, execution = OF_RERUN) =>
  aPipelineRun({ workload, execution, by: 'ana', generation: 2, again: { only: 'failed' } });

describe('claimAgain', () => {
  test('no record - begun for the first time', async () => {
    expect(await claimAgain(aPipelineRun({ workload: 'first' }), undefined)).toBe('claimed');
    expect(await known('first')).toMatchObject({ generation: 1, todo: 'end' });
  });

  test('failed, and ten ask at once - one has it, and nothing of the failure is left in the record', async () => {
    await failed('race');
    const before = await known('race');
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, n) => claimAgain(again('race', `${OF_RERUN}-${n}`), before)),
    );
    expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
    const run = await known('race');
    expect(run).toMatchObject({ status: 'running', generation: 2, by: 'ana', todo: 'end', open: 'open' });
    expect(run).not.toHaveProperty('reason');
    expect(run).not.toHaveProperty('endedAt');
  });

  test('the same execution asks again - it is still its own', async () => {
    await claimAgain(again('retry'), await failed('retry').then(() => known('retry')));
    expect(await claimAgain(again('retry'), await known('retry'))).toBe('claimed');
  });

  test.each([
    ['it goes on', { status: 'running' as const }],
    ['only what failed of a success', { status: 'succeeded' as const }],
    ['this execution has ended it', { status: 'failed' as const, execution: OF_RERUN }],
  ])('%s - nothing to begin', async (_, record) => {
    expect(await claimAgain(again('no'), aPipelineRun({ workload: 'no', ...record }))).toBe('duplicate');
    expect(await known('no')).toBeUndefined();
  });

  test('what came of it is not said yet - asked again later', async () => {
    const unsaid = aPipelineRun({ workload: 'unsaid', status: 'failed', todo: 'say' });
    await expect(claimAgain(again('unsaid'), unsaid)).rejects.toMatchObject({ name: 'RunUnsettled' });
  });
});

test('putBack - the record is what it was, and nobody looks after it', async () => {
  await failed('back');
  const before = await known('back');
  if (!before) throw new Error('it has a record');
  await claimAgain(again('back'), before);
  await putBack(before, again('back'));
  expect(await known('back')).toEqual(before);
  expect((await openItems()).runs.filter(({ workload }) => workload === 'back')).toEqual([]);
});

test('recordUnbegun - once, to be said until it is; never in the place of a run', async () => {
  const run = aPipelineRun({ workload: 'left', status: 'skipped', generation: 0 });
  expect(await recordUnbegun(run)).toBe(true);
  expect(await known('left')).toMatchObject({ status: 'skipped', todo: 'say', open: 'open' });
  expect(await recordUnbegun(run)).toBe(true);
  await setTodo(run, undefined);
  expect(await recordUnbegun(run)).toBe(false);
  await failed('ran');
  expect(await recordUnbegun(aPipelineRun({ workload: 'ran', status: 'skipped' }))).toBe(false);
  expect(await known('ran')).toMatchObject({ status: 'failed' });
});

test('a run that waited - begins when it does', async () => {
  await claimRun(aPipelineRun({ workload: 'late' }));
  const begun = { startedAt: '2026-11-23T07:40:00.000Z', deadlineAt: '2026-11-23T08:10:00.000Z' };
  await setBegun({ ...aPipelineRun({ workload: 'late' }), ...begun });
  expect(await known('late')).toMatchObject({ ...begun, status: 'running' });
});

test('that it takes long - remembered of this execution of the run while it goes on', async () => {
  const run = aPipelineRun({ workload: 'slow' });
  await claimRun(run);
  await setSlowSaid({ ...run, generation: 2 }, '2026-11-23T07:40:00.000Z');
  expect(await known('slow')).not.toHaveProperty('slowSaidAt');
  await setSlowSaid(run, '2026-11-23T07:40:00.000Z');
  expect(await known('slow')).toMatchObject({ slowSaidAt: '2026-11-23T07:40:00.000Z' });
});

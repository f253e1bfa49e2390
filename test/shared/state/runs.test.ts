import { afterAll, describe, expect, test } from '@jest/globals';
import type { Run } from '../../../shared/state/runs.ts';
import { ADMITTED, anEnvironmentRun, aRun, EXECUTION, KEY, STOP_KEY } from '../builders.ts';
import { aRecovery } from '../recovery/recoveries.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { claimRun, endRun, getRun, leavesUp, newestRuns, runsBetween, setApproved, setSteps, setTodo } = await import(
  '../../../shared/state/runs.ts'
);
const { openItems } = await import('../../../shared/state/open.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const ENDED = { status: 'succeeded', endedAt: '2026-11-01T17:30:00.000Z' } as const;
const openKeys = async (workload: string) =>
  (await openItems()).runs.filter((run) => run.workload === workload).map(({ key }) => key);

describe('claimRun', () => {
  test('twenty executions at once - one claims, nineteen are duplicates', async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, n) => claimRun(aRun({ workload: 'race', execution: `${EXECUTION}-${n}` }))),
    );
    expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
    expect(claims.filter((claim) => claim === 'duplicate')).toHaveLength(19);
    expect((await getRun('race', KEY))?.execution).toBe(`${EXECUTION}-${claims.indexOf('claimed')}`);
  });

  test('the same execution again - claimed, and the record is as it was', async () => {
    const run = aRun({ workload: 'again' });
    await claimRun(run);
    const before = await getRun('again', KEY);
    expect(await claimRun({ ...run, deadlineAt: '2027-01-01T00:00:00.000Z' })).toBe('claimed');
    expect(await getRun('again', KEY)).toEqual(before);
  });

  test('the same execution, but its run has ended - a duplicate: it does not run again', async () => {
    const run = aRun({ workload: 'over' });
    await claimRun(run);
    await endRun(run, ENDED);
    expect(await claimRun(run)).toBe('duplicate');
  });

  test('another time of the workload, or the same time of another - runs of their own', async () => {
    const run = aRun({ workload: 'mine' });
    expect(await claimRun(run)).toBe('claimed');
    expect(await claimRun({ ...run, key: '2026-11-02T09:00', execution: 'b' })).toBe('claimed');
    expect(await claimRun({ ...run, workload: 'yours', execution: 'c' })).toBe('claimed');
  });

  test('a claimed run - open, to be ended, and kept for more than a year', async () => {
    await claimRun(aRun({ workload: 'fresh' }));
    const run = (await getRun('fresh', KEY)) as object;
    expect(run).toMatchObject({ open: 'open', todo: 'end', status: 'running' });
    const days = ((run as { expiresAt: number }).expiresAt - Date.parse(ADMITTED) / 1000) / 86_400;
    expect(days).toBeGreaterThan(366);
    expect(days).toBeLessThan(3660);
  });
});

describe('endRun', () => {
  test('twenty endings at once - exactly one is written', async () => {
    const run = aRun({ workload: 'endings' });
    await claimRun(run);
    const ended = await Promise.all(Array.from({ length: 20 }, (_, exitCode) => endRun(run, { ...ENDED, exitCode })));
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await getRun('endings', KEY)).toMatchObject({ ...ENDED, exitCode: ended.indexOf(true), todo: 'say' });
  });

  test('what is not known - is left out, and does not rub out what was', async () => {
    const run = aRun({ workload: 'unknowns', ownsInstance: true });
    await claimRun(run);
    await endRun(run, { ...ENDED, reason: undefined, exitCode: undefined, ownsInstance: undefined });
    const ended = await getRun('unknowns', KEY);
    expect(ended).toMatchObject({ status: 'succeeded', ownsInstance: true });
    expect(ended).not.toHaveProperty('exitCode');
  });

  test('a run that does not exist - false, and it still does not exist', async () => {
    expect(await endRun({ workload: 'nobody', key: KEY }, ENDED)).toBe(false);
    expect(await getRun('nobody', KEY)).toBeUndefined();
  });
});

describe('setTodo', () => {
  test('ended, then nothing left to do - leaves the index, the record stays', async () => {
    const run = aRun({ workload: 'closing' });
    await claimRun(run);
    await endRun(run, ENDED);
    expect(await openKeys('closing')).toEqual([KEY]);
    await setTodo(run, undefined);
    expect(await openKeys('closing')).toEqual([]);
    const closed = await getRun('closing', KEY);
    expect(closed).toMatchObject(ENDED);
    for (const field of ['open', 'todo', 'warnedAt']) expect(closed).not.toHaveProperty(field);
  });

  test('still on - stays in the index, and when people were warned is kept until they are warned again', async () => {
    const run = aRun({ workload: 'still-on' });
    await claimRun(run);
    await endRun(run, ENDED);
    await setTodo(run, 'stop', '2026-11-01T19:15:00.000Z');
    await setTodo(run, 'stop');
    expect(await getRun('still-on', KEY)).toMatchObject({ todo: 'stop', warnedAt: '2026-11-01T19:15:00.000Z' });
    expect(await openKeys('still-on')).toEqual([KEY]);
  });

  test('a closed run is closed again - no harm', async () => {
    const run = aRun({ workload: 'twice' });
    await claimRun(run);
    await endRun(run, ENDED);
    await setTodo(run, undefined);
    await setTodo(run, undefined);
    expect(await getRun('twice', KEY)).toMatchObject(ENDED);
  });
});

describe('openItems and newestRuns', () => {
  test('hundreds of open runs, more than a page - every one, once', async () => {
    const keys = Array.from({ length: 400 }, (_, n) => `2026-${String(1000 + n)}`);
    // A page is a megabyte.
    const reason = 'x'.repeat(4000);
    for (let n = 0; n < keys.length; n += 50)
      await Promise.all(keys.slice(n, n + 50).map((key) => claimRun(aRun({ workload: 'many', key, reason }))));
    expect((await openKeys('many')).sort()).toEqual(keys);
  });

  test('the newest - newest first, of this workload, as many as asked for, closed ones included', async () => {
    for (const day of ['09', '01', '30', '17']) await claimRun(aRun({ workload: 'days', key: `2026-11-${day}T02:00` }));
    await claimRun(aRun({ workload: 'days-two', key: '2026-12-01T02:00' }));
    const newest = { workload: 'days', key: '2026-11-30T02:00' };
    await endRun(newest, ENDED);
    await setTodo(newest, undefined);
    expect((await newestRuns('days', 3)).map(({ key }) => key.slice(8, 10))).toEqual(['30', '17', '09']);
    expect(await newestRuns('days')).toHaveLength(4);
    expect(await newestRuns('nothing')).toEqual([]);
  });

  test('locks and breakers of the workload - are no runs', async () => {
    const { takeLease } = await import('../../../shared/state/lease.ts');
    const { countFailure } = await import('../../../shared/state/breaker.ts');
    await claimRun(aRun({ workload: 'mixed' }));
    await takeLease(aRun({ workload: 'mixed' }));
    await countFailure('mixed', KEY);
    expect(await newestRuns('mixed')).toHaveLength(1);
  });
});

describe('a run of an environment', () => {
  test('claimed, and read - with its act, the stop that it repeats, and its images', async () => {
    const run = anEnvironmentRun({ retryOf: '2026-11-01T18:00' });
    await claimRun(run);
    await endRun(run, { ...ENDED, images: { ApiTag: 'api-7' } });
    expect(await getRun('chat-app', STOP_KEY)).toMatchObject({
      ...{ kind: 'environment', act: 'stop', retryOf: '2026-11-01T18:00' },
      images: { ApiTag: 'api-7' },
    });
  });
});

describe('leavesUp', () => {
  test.each<[Partial<Run>, boolean]>([
    [{ status: 'failed' }, true],
    [{ status: 'timed-out' }, true],
    [{ status: 'aborted' }, true],
    [{ status: 'skipped', reason: 'busy: the run of x is still going on' }, true],
    [{ status: 'skipped', reason: 'kept by ana until x: busy' }, false],
    [{ status: 'skipped', reason: 'within its hours' }, false],
    [{ status: 'skipped' }, false],
    [{ status: 'succeeded' }, false],
    [{ status: 'succeeded', reason: 'already gone' }, false],
    [{ status: 'failed', retryOf: STOP_KEY }, false],
    [{ status: 'failed', act: 'start' }, false],
    [{ status: 'failed', by: 'ana' }, true],
  ])('a stop with %j - %s', (run, expected) => {
    expect(leavesUp(anEnvironmentRun(run))).toBe(expected);
  });

  test('a batch - has no environment', () => {
    expect(leavesUp(aRun({ status: 'failed' }))).toBe(false);
  });
});

describe('runsBetween', () => {
  const keys = async (...question: Parameters<typeof runsBetween>) =>
    (await runsBetween(...question)).map(({ key }) => key);
  const days = ['2026-11-01', '2026-11-02', '2026-11-03'];

  test('some times - the first included, the last not, newest first, of this workload alone', async () => {
    for (const day of days) await claimRun(aRun({ workload: 'many', key: `${day}T02:00` }));
    await claimRun(aRun({ workload: 'many-others', key: '2026-11-02T02:00' }));
    expect(await keys('many', { from: '2026-11-01T02:00', before: '2026-11-03T02:00' })).toEqual([
      '2026-11-02T02:00',
      '2026-11-01T02:00',
    ]);
    expect(await keys('many', { before: '2026-11-03T02:01', limit: 2 })).toEqual([
      '2026-11-03T02:00',
      '2026-11-02T02:00',
    ]);
  });

  test('more than a page - all of them', async () => {
    // A page is a megabyte.
    const log = 'x'.repeat(150_000);
    for (let day = 10; day < 20; day++) await claimRun(aRun({ workload: 'long', key: `2026-11-${day}T02:00`, log }));
    expect(await keys('long', { from: '2026-11-10', before: '2026-12-01' })).toHaveLength(10);
  });
});

describe('a recovery', () => {
  test('its steps and a person’s word - kept in its record, beside its ending', async () => {
    const run = aRecovery({ workload: 'recovered' });
    await claimRun(run);
    const steps = [{ rung: 'restart', at: ADMITTED }] as const;
    await setSteps(run, [...steps]);
    await setApproved(run, { rung: 'stop-start', by: 'kim' });
    expect(await endRun(run, { ...ENDED, steps: [{ ...steps[0], seconds: 40, result: 'helped' }] })).toBe(true);
    expect(await getRun('recovered', run.key)).toMatchObject({
      ...{ status: 'succeeded', kind: 'service', why: 'front: answers 503' },
      ...{ steps: [{ result: 'helped' }], approved: { by: 'kim' } },
    });
  });

  test('that was never claimed - is not made by its steps', async () => {
    const unclaimed = aRecovery({ workload: 'unclaimed' });
    await expect(setSteps(unclaimed, [])).rejects.toThrow('conditional');
    await expect(setApproved(unclaimed, { rung: 'reboot', by: 'kim' })).rejects.toThrow('conditional');
  });
});

import { describe, expect, test } from '@jest/globals';
import type { BatchPlan } from '../../../functions/admit-run/contract.ts';
import { planRun } from '../../../functions/admit-run/plan.ts';
import type { BatchEnd } from '../../../functions/settle-run/contract.ts';
import { settleRun } from '../../../functions/settle-run/handler.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import { ADMITTED, aRun, aStage, aWorkload, EXECUTION, KEY, SCHEDULED } from '../../shared/builders.ts';

const request = { workload: 'nightly', scheduledFor: SCHEDULED, by: 'schedule', parameters: {} };
const run = planRun(aStage(), aWorkload(), { request, execution: EXECUTION, startedAt: ADMITTED }) as BatchPlan;
const NOW = Date.parse('2026-11-01T17:40:00.000Z');

const succeeded: BatchEnd = {
  decision: 'run',
  run,
  claim: { ownsInstance: true },
  started: { at: '2026-11-01T17:00:20.000Z' },
  result: { exitCode: 0 },
  stopped: { state: 'stopped', at: '2026-11-01T17:30:20.000Z' },
};
const failed: BatchEnd = { ...succeeded, result: undefined, error: { Error: 'JobFailed', Cause: '{"exitCode":3}' } };
const skipped = (reason: string): BatchEnd => ({ decision: 'skip', reason, run });

/** A table with one run in it, a topic and a lease, that say what was done to them. */
function world(record: Partial<Run> = {}, { failures = 1 } = {}) {
  let known: Run = aRun({ open: 'open', todo: 'end', ...record });
  const did: unknown[] = [];
  const published: Notice[] = [];
  const effects = {
    stage: () => aStage(),
    countFailure: async (_: string, key: string) => {
      did.push(`count ${key}`);
      return failures;
    },
    closeBreaker: async (workload: string) => {
      did.push(`close ${workload}`);
    },
    endRun: async (_: unknown, ending: Partial<Run>) => {
      if (known.status !== 'running') return false;
      known = { ...known, ...ending, todo: 'say' };
      return true;
    },
    getRun: async () => known as Run | undefined,
    publish: async (notice: Notice) => {
      published.push(notice);
    },
    releaseLease: async ({ key }: { key: string }) => {
      did.push(`release ${key}`);
    },
    setTodo: async (_: unknown, todo: Todo | undefined) => {
      known = { ...known, todo };
      did.push(`todo ${todo}`);
    },
    now: () => NOW,
  };
  return { effects, did, published, record: () => known };
}

describe('settleRun', () => {
  test('a success - recorded, said, the breaker closed, the lease given back, nothing left to do', async () => {
    const { effects, did, published, record } = world();
    expect(await settleRun(succeeded, effects)).toEqual({ status: 'succeeded', reason: undefined });
    expect(record()).toMatchObject({ status: 'succeeded', exitCode: 0, endedAt: '2026-11-01T17:30:20.000Z' });
    expect(published).toEqual([expect.objectContaining({ severity: 'success', id: `nightly ${KEY} succeeded` })]);
    expect(did).toEqual(['close nightly', `release ${KEY}`, 'todo undefined']);
  });

  test('a failure - counted before it is recorded, and said', async () => {
    const { effects, did, published, record } = world();
    expect(await settleRun(failed, effects)).toEqual({ status: 'failed', reason: 'JobFailed' });
    expect(record()).toMatchObject({ status: 'failed', failuresInRow: 1, breakerFailures: 3, exitCode: 3 });
    expect(published).toEqual([expect.objectContaining({ severity: 'warning' })]);
    expect(did).toEqual([`count ${KEY}`, `release ${KEY}`, 'todo undefined']);
  });

  test('the failure that opens the breaker - critical, and says how to close it', async () => {
    const { effects, published } = world({}, { failures: 3 });
    await settleRun(failed, effects);
    expect(published).toEqual([expect.objectContaining({ severity: 'critical' })]);
    expect(published[0]?.did?.join()).toContain('until somebody resumes nightly');
  });

  test('out of time - counted as a failure, critical', async () => {
    const { effects, did, published } = world();
    await settleRun({ ...failed, error: { Error: 'DeadlineExceeded' } }, effects);
    expect(published).toEqual([expect.objectContaining({ severity: 'critical', id: `nightly ${KEY} timed-out` })]);
    expect(did[0]).toBe(`count ${KEY}`);
  });

  test('a routine skip - recorded, not said, not counted', async () => {
    const { effects, did, published, record } = world();
    expect(await settleRun(skipped('closed: Founding Day'), effects)).toMatchObject({ status: 'skipped' });
    expect(record().reason).toBe('closed: Founding Day');
    expect(published).toEqual([]);
    expect(did).toEqual([`release ${KEY}`, 'todo undefined']);
  });

  test('any other skip - said', async () => {
    const { effects, published } = world();
    await settleRun(skipped('busy: the run of 2026-11-01T02:00 is still going on'), effects);
    expect(published).toEqual([expect.objectContaining({ severity: 'warning' })]);
  });

  test.each<[string, Partial<BatchEnd>]>([
    ['the instance was not seen stopped', { stopped: undefined, stopError: { Error: 'InstanceNotReady' } }],
    ['the safety stop is still armed', { stillArmed: { Error: 'Scheduler.InternalServerException' } }],
  ])('%s - said, the lease is kept and the sweeper goes on', async (_, changes) => {
    const { effects, did, published, record } = world();
    await settleRun({ ...succeeded, ...changes }, effects);
    expect(published).toHaveLength(1);
    expect(did).not.toContain(`release ${KEY}`);
    expect(record()).toMatchObject({ status: 'succeeded', todo: 'stop' });
  });

  test('the instance was on before and is left on - done', async () => {
    const { effects, record, did } = world();
    await settleRun({ ...succeeded, claim: undefined, stopped: undefined }, effects);
    expect(did).toContain(`release ${KEY}`);
    expect(record().todo).toBeUndefined();
  });

  test('asked twice - the same answer, and nothing is said or done twice', async () => {
    const { effects, did, published } = world();
    const first = await settleRun(succeeded, effects);
    const before = [...did];
    expect(await settleRun(succeeded, effects)).toEqual(first);
    expect(published).toHaveLength(1);
    expect(did).toEqual(before);
  });

  test('the first attempt died before it could say - the second says it, under the same id', async () => {
    const { effects, published, record } = world();
    const dying = async () => {
      throw new Error('throttled');
    };
    await expect(settleRun(failed, { ...effects, publish: dying })).rejects.toThrow('throttled');
    expect(record()).toMatchObject({ status: 'failed', todo: 'say' });
    await settleRun(failed, effects);
    expect(published).toEqual([expect.objectContaining({ id: `nightly ${KEY} failed` })]);
    expect(record().todo).toBeUndefined();
  });

  test('the sweeper ended it before - its ending stands, and is not said again', async () => {
    const { effects, published, did } = world({ status: 'aborted', reason: 'its execution is aborted', todo: 'stop' });
    expect(await settleRun(succeeded, effects)).toEqual({ status: 'aborted', reason: 'its execution is aborted' });
    expect(published).toEqual([]);
    expect(did).toEqual([]);
  });

  test('the workload was taken out of the stage file meanwhile - settled all the same', async () => {
    const { effects, published } = world();
    await settleRun(failed, { ...effects, stage: () => aStage({ workloads: {} }) });
    expect(published).toHaveLength(1);
  });
});

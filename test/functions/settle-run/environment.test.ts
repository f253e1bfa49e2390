import { describe, expect, test } from '@jest/globals';
import type { EnvironmentPlan } from '../../../functions/admit-run/contract.ts';
import { planRun } from '../../../functions/admit-run/plan.ts';
import { type EnvironmentEnd, input } from '../../../functions/settle-run/contract.ts';
import { settleRun } from '../../../functions/settle-run/handler.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import {
  anEnvironment,
  anEnvironmentRun,
  aStage,
  STACK_ID,
  STOP_ADMITTED,
  STOP_AT,
  STOP_EXECUTION,
  STOP_KEY,
} from '../../shared/builders.ts';

const NOW = Date.parse('2026-11-02T09:20:00.000Z');
const ENDED = new Date(NOW).toISOString();
type Act = 'start' | 'stop';

/** The end of a machine: a start or a stop of this time. */
function end(act: Act, left: Partial<EnvironmentEnd> = {}, retryOf?: string): EnvironmentEnd {
  const request = { workload: 'chat-app', scheduledFor: STOP_AT, by: 'schedule', parameters: {}, retryOf };
  const asked = { request, act, execution: STOP_EXECUTION, startedAt: STOP_ADMITTED };
  const run = planRun(aStage(), anEnvironment(), asked) as EnvironmentPlan;
  const todo = act === 'start' ? 'create' : 'delete';
  return { decision: 'run', run, found: { todo, status: 'x', id: STACK_ID, at: STOP_ADMITTED }, ...left };
}
const failed = { error: { Error: 'StackNotDeleted', Cause: '{"errorMessage":"DELETE_FAILED; Bucket: not empty"}' } };

/** A table with the run's record in it, a topic and a lease, that say what was done to them. */
function world({ run }: EnvironmentEnd, record: Partial<Run> = {}, failures = 1) {
  const { act, retryOf } = run;
  let known: Run = anEnvironmentRun({ open: 'open', todo: 'end', act, ...(retryOf && { retryOf }), ...record });
  const did: unknown[] = [];
  const published: Notice[] = [];
  const effects = {
    stage: () => aStage({ workloads: { 'chat-app': anEnvironment() } }),
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
    setTodo: async (_: unknown, todo: Todo | undefined, warnedAt?: string) => {
      known = { ...known, todo, ...(warnedAt && { warnedAt }) };
      did.push(`todo ${todo}${warnedAt ? ` warned ${warnedAt}` : ''}`);
    },
    now: () => NOW,
  };
  return { effects, did, published, record: () => known };
}

async function settled(act: Act, left: Partial<EnvironmentEnd> = {}, record: Partial<Run> = {}, failures = 1) {
  const event = end(act, left, record.retryOf);
  const { effects, did, published, record: known } = world(event, record, failures);
  const answer = await settleRun(event, effects);
  return { answer, did, published, record: known() };
}

describe('settleRun, a start of an environment', () => {
  test('it is up - recorded with its images, said, the breaker closed, nothing left to do', async () => {
    const images = { parameters: [], images: { ApiTag: 'api-7' }, isNewer: true };
    const { answer, did, published, record } = await settled('start', { images });
    expect(answer).toEqual({ status: 'succeeded', reason: undefined });
    expect(record).toMatchObject({ status: 'succeeded', images: { ApiTag: 'api-7' }, endedAt: ENDED });
    expect(published).toMatchObject([{ severity: 'success', title: 'chat-app is up' }]);
    expect(did).toEqual(['close chat-app', `release ${STOP_KEY}`, 'todo undefined']);
  });

  test.each(['StackFailed', 'ImageNotFound', 'DeadlineExceeded'])('%s - counted, critical, done', async (name) => {
    const { did, published, record } = await settled('start', { error: { Error: name } });
    expect(record).toMatchObject({ failuresInRow: 1, breakerFailures: 5 });
    expect(published).toMatchObject([{ severity: 'critical' }]);
    expect(did).toEqual([`count ${STOP_KEY}`, `release ${STOP_KEY}`, 'todo undefined']);
  });

  test('the failure that opens the breaker - says how to close it', async () => {
    const { published } = await settled('start', { error: { Error: 'StackFailed' } }, {}, 5);
    expect(published[0]?.did?.join()).toContain('until somebody resumes chat-app');
  });

  test('skipped as busy - said, not counted, done', async () => {
    const { did, published } = await settled('start', { decision: 'skip', reason: 'busy: the run of x' });
    expect(published).toMatchObject([{ severity: 'warning', title: 'chat-app was not started' }]);
    expect(did).toEqual([`release ${STOP_KEY}`, 'todo undefined']);
  });

  test('a holiday - not said', async () => {
    const { published, record } = await settled('start', { decision: 'skip', reason: 'closed: Founding Day' });
    expect(published).toEqual([]);
    expect(record).toMatchObject({ status: 'skipped', reason: 'closed: Founding Day' });
  });
});

describe('settleRun, a stop of an environment', () => {
  test('it is deleted - said, done, and the breaker of its starts is left alone', async () => {
    const { did, published } = await settled('stop');
    expect(published).toMatchObject([{ severity: 'success', title: 'chat-app is deleted' }]);
    expect(did).toEqual([`release ${STOP_KEY}`, 'todo undefined']);
  });

  test('it was gone - recorded; what is said only ends a start that failed', async () => {
    const found = { todo: 'nothing', status: 'absent', at: STOP_ADMITTED } as const;
    const { published, record, did } = await settled('stop', { found });
    expect(record).toMatchObject({ status: 'succeeded', reason: 'already gone' });
    expect(published).toMatchObject([{ cause: 'start', state: 'resolved' }]);
    expect(did).toContain('todo undefined');
  });

  test.each<[string, Partial<EnvironmentEnd>, string]>([
    ['it could not be deleted', failed, 'failed'],
    ['its time was up', { error: { Error: 'DeadlineExceeded' } }, 'timed-out'],
    ['data would be lost', { error: { Error: 'DataWouldBeLost' } }, 'failed'],
    ['it waited in vain', { decision: 'skip', reason: 'busy: the run of x is still going on' }, 'skipped'],
  ])('%s - critical, not counted, the lease given back, and the sweeper goes on', async (_, left, status) => {
    const { did, published, record } = await settled('stop', left);
    expect(record).toMatchObject({ status, todo: 'stop', warnedAt: ENDED });
    expect(published).toMatchObject([{ severity: 'critical' }]);
    expect(did).toEqual([`release ${STOP_KEY}`, `todo stop warned ${ENDED}`]);
  });

  test.each(['kept by ana until x: y', 'within its hours'])(
    'skipped as %s - routine: not said, done',
    async (reason) => {
      const { did, published } = await settled('stop', { decision: 'skip', reason });
      expect(published).toEqual([]);
      expect(did).toEqual([`release ${STOP_KEY}`, 'todo undefined']);
    },
  );

  test('a stop that was made again fails - said, and closed: the first one stays open', async () => {
    const { did, published, record } = await settled('stop', failed, { retryOf: '2026-11-01T18:00' });
    expect(record).toMatchObject({ status: 'failed' });
    expect(published).toMatchObject([{ severity: 'critical' }]);
    expect(did).toEqual([`release ${STOP_KEY}`, 'todo undefined']);
  });
});

describe('settleRun, asked again', () => {
  test.each(['start', 'stop'] as const)('a failed %s - the same answer, said once', async (act) => {
    const event = end(act, failed);
    const { effects, published, record } = world(event);
    const first = await settleRun(event, effects);
    const before = record();
    expect(await settleRun(event, effects)).toEqual(first);
    expect(published).toHaveLength(1);
    expect(record()).toEqual(before);
  });

  test('the workload was taken out of the stage file meanwhile - settled all the same', async () => {
    const event = end('stop', failed);
    const { effects, published } = world(event);
    await settleRun(event, { ...effects, stage: () => aStage({ workloads: {} }) });
    expect(published).toHaveLength(1);
  });
});

test('what the machines leave behind, with more than the contract needs - keeps its kind', () => {
  const event = { ...end('start'), created: { id: STACK_ID }, up: { at: STOP_ADMITTED }, notDeleted: { Error: 'x' } };
  expect(input.parse(event)).toEqual(end('start'));
});

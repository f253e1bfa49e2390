import { describe, expect, test } from '@jest/globals';
import { lookAfter } from '../../../functions/sweep-runs/abandoned.ts';
import { lookAfterEnvironment } from '../../../functions/sweep-runs/environment.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import {
  anEnvironment,
  anEnvironmentRun,
  aStage,
  minutesAfter,
  STACK_ID,
  STOP_DEADLINE,
  STOP_EXECUTION,
  STOP_KEY,
} from '../../shared/builders.ts';

interface World {
  run?: Partial<Run>;
  execution?: string;
  /** Whether the stack is there. */
  isUp?: boolean;
  kept?: string;
  emergency?: boolean;
  stage?: CompiledStage;
  broken?: Record<string, Error>;
}

const STAGE = aStage({ workloads: { 'chat-app': anEnvironment() } });

/** One open run of `chat-app`, and what was done about it, in order. */
function world(facts: World = {}) {
  const { run, execution = 'RUNNING', isUp = true, kept, emergency = false, stage = STAGE, broken = {} } = facts;
  let known: Run = anEnvironmentRun({ open: 'open', todo: 'end', ...run });
  const did: string[] = [];
  const published: Notice[] = [];
  const started: unknown[] = [];
  const act = (what: string, name: string) => {
    did.push(what);
    if (broken[name]) throw broken[name];
  };
  const effects = {
    stage: () => stage,
    executionStatus: async (arn: string) => {
      expect(arn).toBe(STOP_EXECUTION);
      return { status: execution };
    },
    stopExecution: async () => act('cut off', 'stopExecution'),
    startExecution: async (...asked: [string, string, object]) => {
      act(`start ${asked[0]}`, 'startExecution');
      started.push(asked);
      return true;
    },
    describeStack: async (name: string) => {
      expect(name).toBe('ChatAppMasterStack');
      if (broken['describeStack']) throw broken['describeStack'];
      return isUp ? { id: STACK_ID, status: 'DELETE_FAILED', createdAt: 0, parameters: {} } : undefined;
    },
    publish: async (notice: Notice) => {
      act(`say ${notice.id.split(' ')[2]}`, 'publish');
      published.push(notice);
    },
    isEmergency: async () => emergency,
    kept: async () => kept,
    releaseLease: async () => act('release', 'releaseLease'),
    endRun: async (_: unknown, ending: Partial<Run>) => {
      if (known.status !== 'running') return false;
      act(`end ${ending.status}`, 'endRun');
      known = { ...known, ...ending, todo: 'say' };
      return true;
    },
    getRun: async () => known as Run | undefined,
    setTodo: async (_: unknown, todo: Todo | undefined, warnedAt?: string) => {
      did.push(`todo ${todo}`);
      known = { ...known, todo, ...(warnedAt && { warnedAt }) };
    },
  };
  const sweep = (now: number) => lookAfterEnvironment(known, now, effects);
  return { effects, sweep, did, published, started, record: () => known };
}

/** Monday, 20:03 in Seoul: two hours after the stop, and long after the hours. */
const at = (minutes: number) => minutesAfter(STOP_DEADLINE, minutes);
const iso = (minutes: number) => new Date(at(minutes)).toISOString();
const DURING = at(-60);
const failedStop: Partial<Run> = { status: 'failed', reason: 'StackNotDeleted: Bucket', todo: 'stop', endedAt: iso(0) };
const start: Partial<Run> = { act: 'start', key: '2026-11-02T09:00' };

describe('lookAfterEnvironment, a run that is not ended', () => {
  test.each([-60, 0, 14])('its execution is alive %d minutes after its deadline - left alone', async (minutes) => {
    const { sweep, did } = world();
    expect(await sweep(at(minutes))).toBe(false);
    expect(did).toEqual([]);
  });

  test('a start whose execution is overdue - cut off, timed out, said, the lease given back, closed', async () => {
    const { sweep, did, published, record } = world({ run: start });
    expect(await sweep(at(15))).toBe(true);
    expect(did).toEqual(['cut off', 'end timed-out', 'say timed-out', 'release', 'todo undefined']);
    expect(record()).toMatchObject({ status: 'timed-out', endedAt: iso(15) });
    expect(published).toMatchObject([{ severity: 'critical' }]);
  });

  test.each(['FAILED', 'ABORTED', 'TIMED_OUT', 'GONE'])(
    'a stop whose execution is %s - ended, said, made again at once, and kept open',
    async (execution) => {
      const { sweep, did, started, published, record } = world({ execution });
      expect(await sweep(DURING)).toBe(true);
      expect(did).toEqual(['end aborted', 'say aborted', 'release', 'start stop', 'say still-up', 'todo stop']);
      expect(started).toEqual([
        [
          'stop',
          expect.stringMatching(/^chat-app-stop-\d+$/),
          { workload: 'chat-app', by: 'sweeper', retryOf: STOP_KEY },
        ],
      ]);
      expect(published.map(({ severity }) => severity)).toEqual(['critical', 'critical']);
      expect(record()).toMatchObject({
        status: 'aborted',
        reason: `its execution is ${execution.toLowerCase().replace('_', ' ')}`,
        warnedAt: new Date(DURING).toISOString(),
      });
    },
  );

  test('a stop whose execution died, and the environment is gone all the same - closed', async () => {
    const { sweep, did } = world({ execution: 'FAILED', isUp: false });
    await sweep(DURING);
    expect(did).toEqual(['end aborted', 'say aborted', 'release', 'say settled', 'todo undefined']);
  });

  test('a start whose execution died - nothing is stopped: its stop comes by the schedule', async () => {
    const { sweep, started, record } = world({ run: start, execution: 'ABORTED' });
    expect(await sweep(DURING)).toBe(true);
    expect(started).toEqual([]);
    expect(record().todo).toBeUndefined();
  });

  test('settle-run ended it in the same moment - the rest is left to it', async () => {
    const { effects, did } = world({ run: { status: 'failed', todo: 'say' }, execution: 'FAILED' });
    expect(await lookAfterEnvironment(anEnvironmentRun({ todo: 'end' }), DURING, effects)).toBe(false);
    expect(did).toEqual([]);
  });

  test('the topic refuses - recorded all the same, and said by the next sweep', async () => {
    const first = world({ execution: 'FAILED', broken: { publish: new Error('throttled') } });
    await expect(first.sweep(DURING)).rejects.toThrow('throttled');
    expect(first.record()).toMatchObject({ status: 'aborted', todo: 'say' });
    const next = world({ run: first.record(), execution: 'FAILED' });
    expect(await next.sweep(DURING)).toBe(false);
    expect(next.did).toEqual(['say aborted', 'release', 'start stop', 'say still-up', 'todo stop']);
  });
});

describe('lookAfterEnvironment, a run that was ended and not said', () => {
  test('a failed start - said, the lease given back, closed', async () => {
    const { sweep, did } = world({ run: { ...start, status: 'failed', reason: 'StackFailed: x', todo: 'say' } });
    expect(await sweep(DURING)).toBe(false);
    expect(did).toEqual(['say failed', 'release', 'todo undefined']);
  });

  test('a routine skip - closed without a word', async () => {
    const { sweep, did } = world({ run: { status: 'skipped', reason: 'kept by ana until x: y', todo: 'say' } });
    await sweep(DURING);
    expect(did).toEqual(['release', 'todo undefined']);
  });
});

describe('lookAfterEnvironment, a stop that failed', () => {
  test.each([
    ['nobody was warned', undefined, 0, true],
    ['59 minutes after the warning', 0, 59, false],
    ['an hour after the warning', 0, 60, true],
  ])('%s - made again and said: %4$s', async (_, warned, minutes, isAgain) => {
    const warnedAt = warned === undefined ? undefined : iso(warned);
    const { sweep, did, published, record } = world({ run: { ...failedStop, warnedAt } });
    expect(await sweep(at(minutes))).toBe(false);
    expect(did).toEqual(isAgain ? ['start stop', 'say still-up', 'todo stop'] : ['todo stop']);
    expect(published).toHaveLength(isAgain ? 1 : 0);
    expect(record()).toMatchObject({ todo: 'stop', warnedAt: isAgain ? iso(minutes) : warnedAt });
  });

  test('two hours - notices and executions of their own, or a channel would say only the first', async () => {
    const one = world({ run: failedStop });
    await one.sweep(at(0));
    const two = world({ run: one.record() });
    await two.sweep(at(60));
    expect(one.published[0]?.id).not.toBe(two.published[0]?.id);
    expect((one.started[0] as string[])[1]).not.toBe((two.started[0] as string[])[1]);
  });

  test.each<[string, World, number, string]>([
    ['it is gone', { isUp: false }, at(60), 'already gone'],
    ['its hours have begun', {}, Date.parse('2026-11-03T09:00:00+09:00'), 'within its hours'],
    ['a person keeps it', { kept: 'kept by ana until x: y' }, at(60), 'kept by ana until x: y'],
    ['it was taken out of the stage file', { stage: aStage() }, at(60), 'the stage file does not name it any more'],
  ])('%s - closed, and its incident is resolved with why', async (_, facts, now, why) => {
    const { sweep, did, published } = world({ run: failedStop, ...facts });
    expect(await sweep(now)).toBe(false);
    expect(did).toEqual(['say settled', 'todo undefined']);
    expect(published[0]).toMatchObject({ severity: 'success', cause: 'stop', state: 'resolved', lines: [why] });
  });

  test.each<[string, World, number]>([
    ['its hours have begun', {}, Date.parse('2026-11-03T09:00:00+09:00')],
    ['a person keeps it', { kept: 'kept by ana until x: y' }, at(60)],
  ])('%s, and there is an emergency - made again all the same', async (_, facts, now) => {
    const { sweep, started } = world({ run: failedStop, emergency: true, ...facts });
    await sweep(now);
    expect(started).toHaveLength(1);
  });

  test('it waited in vain for another run - made again too', async () => {
    const { sweep, started } = world({ run: { ...failedStop, status: 'skipped', reason: 'busy: the run of x' } });
    await sweep(at(60));
    expect(started).toHaveLength(1);
  });

  test.each<[string, Partial<Run>]>([
    ['a stop that was made again', { retryOf: '2026-11-01T18:00' }],
    ['a start', start],
    ['a stop that was skipped as kept', { status: 'skipped', reason: 'kept by ana until x: y' }],
    ['a stop that succeeded', { status: 'succeeded', reason: undefined }],
  ])('%s - not made again: closed', async (_, run) => {
    const { sweep, started, record } = world({ run: { ...failedStop, ...run } });
    await sweep(at(60));
    expect(started).toEqual([]);
    expect(record().todo).toBeUndefined();
  });

  test.each(['describeStack', 'startExecution', 'publish'])(
    '%s fails - still open, and tried again by the next sweep',
    async (name) => {
      const { sweep, record } = world({ run: failedStop, broken: { [name]: new Error('throttled') } });
      await expect(sweep(at(60))).rejects.toThrow('throttled');
      expect(record()).toMatchObject({ todo: 'stop' });
      expect(record().warnedAt).toBeUndefined();
    },
  );

  test('hour after hour - as often as that', async () => {
    const { sweep, started, published } = world({ run: failedStop });
    for (let minutes = 0; minutes < 240; minutes += 10) await sweep(at(minutes));
    expect(started).toHaveLength(4);
    expect(published).toHaveLength(4);
  });
});

test('lookAfter, a run of an environment - is looked after as one, by its record', async () => {
  const { effects, did } = world({ run: failedStop });
  const neverAsked = async () => {
    throw new Error('an environment is no instance');
  };
  const all = {
    ...effects,
    ...{ instanceState: neverAsked, stopInstances: neverAsked },
    ...{ disarmSafetyStop: neverAsked, takeLease: neverAsked },
  };
  expect(await lookAfter(anEnvironmentRun({ todo: 'end' }), at(60), all)).toBe(false);
  expect(did).toEqual(['start stop', 'say still-up', 'todo stop']);
});

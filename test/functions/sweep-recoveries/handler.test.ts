import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sweepRecoveries } from '../../../functions/sweep-recoveries/handler.ts';
import { lookAfter } from '../../../functions/sweep-recoveries/look-after.ts';
import type { InstanceState } from '../../../shared/aws/instances.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import { CALM } from '../../../shared/watch/streak.ts';
import { aRun } from '../../shared/builders.ts';
import { aRecoveredStage, aRecovery, BEGUN } from '../../shared/recovery/recoveries.ts';

const down = { from: 0, openedAt: 0, problem: 'answers 503', successes: 0 };
const DOWN = { services: { web: { front: { ...CALM, down } } }, version: 0 };
const NOW = Date.parse(BEGUN) + 600_000;

function world({
  run = {},
  status = 'ABORTED',
  state = 'running',
  person,
  broken,
  isUp = false,
}: {
  run?: Partial<Run>;
  status?: string;
  state?: InstanceState;
  person?: string;
  broken?: Error;
  isUp?: boolean;
}) {
  let known = aRecovery({ todo: 'end', ...run });
  const did: string[] = [];
  const notices: Notice[] = [];
  const effects = {
    stage: () => aRecoveredStage(),
    getWatch: async () => (isUp ? { services: {}, version: 0 } : DOWN),
    executionStatus: async () => ({ status }),
    instanceState: async () => state,
    startInstances: async (id: string) => {
      did.push(`start ${id}`);
      if (broken) throw broken;
    },
    heldBack: async () => person,
    publish: async (notice: Notice) => {
      did.push('say');
      notices.push(notice);
    },
    releaseLease: async ({ key }: { key: string }) => {
      did.push(`release ${key}`);
    },
    endRun: async (_: unknown, ending: Partial<Run>) => {
      if (known.status !== 'running') return false;
      known = { ...known, ...ending };
      return true;
    },
    getRun: async () => known as Run | undefined,
    setTodo: async (_: unknown, todo: Todo | undefined, warnedAt?: string) => {
      did.push(`todo ${todo}`);
      known = { ...known, todo, ...(warnedAt && { warnedAt }) };
    },
  };
  return { sweep: (at = NOW) => lookAfter(aRecovery(), at, effects), did, notices, record: () => known, effects };
}

const released = 'release web 2026-11-02T09:02';
const stopping = [{ rung: 'stop-start', at: BEGUN }] as const;

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('lookAfter, a recovery', () => {
  test('its execution is alive - left alone', async () => {
    const { sweep, did } = world({ status: 'RUNNING' });
    expect(await sweep()).toBe(false);
    expect(did).toEqual([]);
  });

  test('its execution died - ended, said with how far it came, released', async () => {
    const { sweep, did, notices, record } = world({ run: { steps: [{ rung: 'restart', at: BEGUN }] } });
    expect(await sweep()).toBe(true);
    expect(record()).toMatchObject({ status: 'aborted', reason: 'its execution is aborted' });
    expect(did).toEqual(['say', released, 'todo undefined']);
    expect(notices).toMatchObject([
      {
        severity: 'critical',
        title: 'Recovery of web was cut off',
        did: ['09:02 restart of its process: what came of it is not known.'],
      },
    ]);
  });

  test('its execution died after it had helped - told, and nobody has to hurry', async () => {
    const { sweep, notices } = world({ run: { steps: [{ rung: 'restart', at: BEGUN }] }, isUp: true });
    await sweep();
    expect(notices).toMatchObject([
      { severity: 'warning', title: 'Recovery of web was cut off', run: '2026-11-02T09:02' },
    ]);
    expect(notices[0]).not.toHaveProperty('state');
  });

  test('it died between stop and start - the instance is started, and watched until it is on', async () => {
    const { sweep, did, notices, effects } = world({ run: { steps: [...stopping] }, state: 'stopped' });
    await sweep();
    expect(did).toEqual(['start i-0fedcba9876543210', 'say', released, 'todo start']);
    expect(notices[0]?.lines.join()).toContain('i-0fedcba9876543210 was stopped and is off');
    await sweep(NOW + 600_000);
    expect(notices).toHaveLength(1);
    await sweep(NOW + 3_600_000);
    expect(new Set(notices.map(({ id }) => id)).size).toBe(2);
    effects.instanceState = async () => 'running';
    await sweep(NOW + 4_200_000);
    expect(did.at(-1)).toBe('todo undefined');
    expect(notices).toHaveLength(2);
  });

  test('there is no capacity - said, and tried again', async () => {
    const { sweep, did, record } = world({
      run: { steps: [...stopping] },
      state: 'stopped',
      broken: new Error('InsufficientInstanceCapacity'),
    });
    await sweep();
    expect(record()).toMatchObject({ status: 'aborted', todo: 'start' });
    expect(did).toContain('say');
  });

  test('somebody has paused it, or an emergency stop holds - not started, and said to be off', async () => {
    const { sweep, did } = world({ run: { steps: [...stopping] }, state: 'stopped', person: 'paused by kim: moving' });
    await sweep();
    expect(did).toEqual(['say', released, 'todo start']);
  });

  test('it ended and was not said - said, and ended no second time', async () => {
    const { sweep, did } = world({
      run: { status: 'failed', reason: 'everything was tried that may be', todo: 'say' },
    });
    expect(await sweep()).toBe(false);
    expect(did).toEqual(['say', released, 'todo undefined']);
  });

  test('it settles in this very moment - nothing is said twice', async () => {
    const { sweep, did, effects } = world({});
    effects.endRun = async () => false;
    expect(await sweep()).toBe(false);
    expect(did).toEqual([]);
  });

  test('somebody else has closed it since the index was read - left alone', async () => {
    const { sweep, did } = world({ run: { status: 'succeeded', todo: undefined } });
    expect(await sweep()).toBe(false);
    expect(did).toEqual([]);
  });
});

test('sweepRecoveries - looks after recoveries alone; one that fails hides no other', async () => {
  const looked: string[] = [];
  const effects = {
    now: () => NOW,
    openItems: async () => ({ runs: [aRun(), aRecovery(), aRecovery({ workload: 'api' })], keeps: [] }),
    lookAfter: async ({ workload }: Run) => {
      looked.push(workload);
      return workload === 'api';
    },
  };
  expect(await sweepRecoveries({}, effects)).toEqual({ open: 2, ended: ['api 2026-11-02T09:02'] });
  expect(looked).toEqual(['web', 'api']);
  const fails = async ({ workload }: Run) => {
    looked.push(workload);
    throw new Error('throttled');
  };
  const broken = { ...effects, lookAfter: fails };
  await expect(sweepRecoveries({}, broken)).rejects.toThrow('not all was looked after');
  expect(looked).toHaveLength(4);
});

import { describe, expect, test } from '@jest/globals';
import { lookAfter } from '../../../functions/sweep-runs/abandoned.ts';
import type { InstanceState } from '../../../shared/aws/instances.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import { aRun, aStage, DEADLINE, INSTANCE, KEY, minutesAfter } from '../../shared/builders.ts';

interface World {
  run?: Partial<Run>;
  execution?: string;
  state?: InstanceState;
  holder?: string;
  /** What throws. */
  broken?: Record<string, Error>;
}

/** One open run with an instance of its own, and what was done about it, in order. */
function world({ run, execution = 'RUNNING', state = 'running', holder, broken = {} }: World = {}) {
  let known: Run = aRun({ open: 'open', todo: 'end', ownsInstance: true, ...run });
  const did: string[] = [];
  const published: Notice[] = [];
  const act = (what: string, name: string) => {
    did.push(what);
    if (broken[name]) throw broken[name];
  };
  const ofEnvironments = async () => {
    throw new Error('a batch has no stack');
  };
  const effects = {
    stage: () => aStage(),
    startExecution: ofEnvironments,
    describeStack: ofEnvironments,
    isEmergency: ofEnvironments,
    kept: ofEnvironments,
    executionStatus: async () => ({ status: execution }),
    stopExecution: async () => act('stop execution', 'stopExecution'),
    instanceState: async () => {
      if (broken['instanceState']) throw broken['instanceState'];
      return state;
    },
    stopInstances: async (id: string) => act(`stop ${id}`, 'stopInstances'),
    publish: async (notice: Notice) => {
      act(`say ${notice.id.split(' ')[2]}`, 'publish');
      published.push(notice);
    },
    disarmSafetyStop: async (name: string) => act(`disarm ${name}`, 'disarmSafetyStop'),
    takeLease: async () => holder as string | undefined,
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
  /** Between the sweep's look at the run and its own ending of it. */
  const settleIsFirst = (todo: Todo | undefined) => {
    effects.takeLease = async () => {
      known = { ...known, status: 'succeeded', todo };
      return undefined;
    };
  };
  return { effects, did, published, record: () => known, settleIsFirst };
}

const during = minutesAfter(DEADLINE, -60);
const ended = { status: 'aborted', endedAt: DEADLINE, todo: 'stop' } as const;

describe('lookAfter, a run that is not ended', () => {
  test('its execution is alive and in time - left alone', async () => {
    const { effects, did } = world();
    expect(await lookAfter(aRun(), during, effects)).toBe(false);
    expect(did).toEqual([]);
  });

  test.each([0, 14])(
    'its execution is alive %d minutes after the deadline - it may still be settling',
    async (minutes) => {
      const { effects, did } = world();
      expect(await lookAfter(aRun(), minutesAfter(DEADLINE, minutes), effects)).toBe(false);
      expect(did).toEqual([]);
    },
  );

  test('its execution is overdue - cut off, stopped, timed out, said', async () => {
    const { effects, did, published, record } = world();
    expect(await lookAfter(aRun(), minutesAfter(DEADLINE, 15), effects)).toBe(true);
    expect(did.slice(0, 4)).toEqual(['stop execution', `stop ${INSTANCE}`, 'end timed-out', 'say timed-out']);
    expect(record()).toMatchObject({
      status: 'timed-out',
      todo: 'stop',
      reason: expect.stringContaining('long after'),
    });
    expect(published[0]?.severity).toBe('critical');
  });

  test.each(['FAILED', 'ABORTED', 'TIMED_OUT', 'GONE'])(
    'its execution is %s - stopped first, then ended and said',
    async (execution) => {
      const { effects, did, record, published } = world({ execution });
      expect(await lookAfter(aRun(), during, effects)).toBe(true);
      expect(did).toEqual([`stop ${INSTANCE}`, 'end aborted', 'say aborted', 'todo stop']);
      expect(record()).toMatchObject({
        status: 'aborted',
        reason: `its execution is ${execution.toLowerCase().replace('_', ' ')}`,
        endedAt: new Date(during).toISOString(),
      });
      expect(published.map(({ severity }) => severity)).toEqual(['critical']);
    },
  );

  test('dead before it claimed the instance - nothing is stopped, closed at once', async () => {
    const { effects, did } = world({ run: { ownsInstance: undefined }, execution: 'FAILED' });
    await lookAfter(aRun(), during, effects);
    expect(did).toEqual(['end aborted', 'say aborted', 'release', 'todo undefined']);
  });

  test('dead, and the instance is off - disarmed, closed', async () => {
    const { effects, did } = world({ execution: 'FAILED', state: 'stopped' });
    await lookAfter(aRun(), during, effects);
    expect(did.slice(2)).toEqual(['disarm dev-nightly-202611020200', 'release', 'todo undefined']);
  });

  test('settle-run ended it in the same moment - saying and closing are left to it', async () => {
    const { effects, did, settleIsFirst } = world({ execution: 'FAILED', state: 'stopped' });
    settleIsFirst('say');
    expect(await lookAfter(aRun(), during, effects)).toBe(false);
    expect(did).toEqual([]);
  });

  test('settle-run ended and closed it in the same moment - the lease that the sweep took is given back', async () => {
    const { effects, did, settleIsFirst } = world({ execution: 'FAILED', state: 'stopped' });
    settleIsFirst(undefined);
    expect(await lookAfter(aRun(), during, effects)).toBe(false);
    expect(did).toEqual(['release']);
  });

  test('the index was behind, the run is closed - left alone', async () => {
    const { effects, did } = world({ run: { todo: undefined }, execution: 'FAILED' });
    expect(await lookAfter(aRun({ todo: 'stop' }), during, effects)).toBe(false);
    expect(did).toEqual([]);
  });

  test('the topic refuses - stopped and recorded all the same, and said by the next sweep', async () => {
    const broken = { publish: new Error('throttled') };
    const { effects, did, record } = world({ execution: 'FAILED', broken });
    await expect(lookAfter(aRun(), during, effects)).rejects.toThrow('throttled');
    expect(did.slice(0, 2)).toEqual([`stop ${INSTANCE}`, 'end aborted']);
    expect(record().todo).toBe('say');
    const next = world({ run: record() });
    expect(await lookAfter(aRun(), during, next.effects)).toBe(false);
    expect(next.did).toEqual([`stop ${INSTANCE}`, 'say aborted', 'todo stop']);
  });

  test('the table refuses the ending - the instance was asked to stop before', async () => {
    const { effects, did } = world({ execution: 'FAILED', broken: { endRun: new Error('throttled') } });
    await expect(lookAfter(aRun(), during, effects)).rejects.toThrow('throttled');
    expect(did[0]).toBe(`stop ${INSTANCE}`);
  });
});

describe('lookAfter, a run whose instance is not seen stopped', () => {
  const at = (minutes: number) => minutesAfter(DEADLINE, minutes);

  test.each([
    ['nobody was warned, 14 minutes', 14, undefined, false],
    ['nobody was warned, 15 minutes', 15, undefined, true],
    ['warned at 15, 74 minutes', 74, 15, false],
    ['warned at 15, 75 minutes', 75, 15, true],
  ])('%s after the ending - warned again: %4$s', async (_, minutes, warned, isWarned) => {
    const warnedAt = warned === undefined ? undefined : new Date(at(warned)).toISOString();
    const { effects, published, record, did } = world({ run: { ...ended, warnedAt } });
    expect(await lookAfter(aRun(), at(minutes), effects)).toBe(false);
    expect(did[0]).toBe(`stop ${INSTANCE}`);
    expect(published).toHaveLength(isWarned ? 1 : 0);
    expect(record()).toMatchObject({ todo: 'stop' });
    expect(record().warnedAt).toBe(isWarned ? new Date(at(minutes)).toISOString() : warnedAt);
  });

  test('two reminders - ids of their own, or a channel would say only the first', async () => {
    const one = world({ run: ended });
    const two = world({ run: { ...ended, warnedAt: new Date(at(15)).toISOString() } });
    await lookAfter(aRun(), at(15), one.effects);
    await lookAfter(aRun(), at(75), two.effects);
    expect(one.published[0]?.severity).toBe('critical');
    expect(one.published[0]?.id).not.toBe(two.published[0]?.id);
  });

  test('the stop is refused - the reason is in the warning', async () => {
    const refusal = Object.assign(new Error('you may not'), { name: 'UnauthorizedOperation' });
    const { effects, published } = world({ run: ended, broken: { stopInstances: refusal } });
    await lookAfter(aRun(), at(20), effects);
    expect(published[0]?.lines.join()).toContain('UnauthorizedOperation: you may not');
  });

  test.each<InstanceState>(['stopped', 'terminated', 'shutting-down'])(
    'it is %s now - disarmed, closed, not asked again',
    async (state) => {
      const { effects, did } = world({ run: ended, state });
      await lookAfter(aRun(), at(20), effects);
      expect(did).toEqual(['disarm dev-nightly-202611020200', 'release', 'todo undefined']);
    },
  );

  test('people were told that it is on, and it is off now - they are told that too, after everything else', async () => {
    const warnedAt = new Date(at(15)).toISOString();
    const { effects, did, published } = world({ run: { ...ended, warnedAt }, state: 'stopped' });
    await lookAfter(aRun(), at(25), effects);
    expect(did).toEqual(['disarm dev-nightly-202611020200', 'release', 'say off', 'todo undefined']);
    expect(published[0]).toMatchObject({ severity: 'success', cause: `still-on ${KEY}`, state: 'resolved' });
  });

  test('that it is off cannot be said - not closed: the next sweep says it', async () => {
    const warnedAt = new Date(at(15)).toISOString();
    const broken = { publish: new Error('throttled') };
    const { effects, record } = world({ run: { ...ended, warnedAt }, state: 'stopped', broken });
    await expect(lookAfter(aRun(), at(25), effects)).rejects.toThrow('throttled');
    expect(record().todo).toBe('stop');
  });

  test('it does not exist any more - closed', async () => {
    const gone = Object.assign(new Error('no instance'), { name: 'InstanceNotFound' });
    const { effects, record } = world({ run: ended, broken: { instanceState: gone } });
    await lookAfter(aRun(), at(20), effects);
    expect(record().todo).toBeUndefined();
  });

  test('the safety stop cannot be taken away - not closed, tried again by the next sweep', async () => {
    const { effects, record } = world({
      run: ended,
      state: 'stopped',
      broken: { disarmSafetyStop: new Error('throttled') },
    });
    await expect(lookAfter(aRun(), at(20), effects)).rejects.toThrow('throttled');
    expect(record().todo).toBe('stop');
  });
});

describe('lookAfter, while another run holds the lease', () => {
  const holder = '2026-11-03T02:00';

  test('the instance belongs to the other run’s job - not stopped under it, not closed', async () => {
    const { effects, did, record } = world({ run: ended, holder });
    await lookAfter(aRun(), minutesAfter(DEADLINE, 20), effects);
    expect(did.filter((what) => /^(stop|disarm|release|say)/.test(what))).toEqual([]);
    expect(record().todo).toBe('stop');
  });

  test('dead - ended and said, once however often it is swept', async () => {
    const { effects, published } = world({ execution: 'FAILED', holder });
    expect(await lookAfter(aRun(), during, effects)).toBe(true);
    expect(await lookAfter(aRun(), during, effects)).toBe(false);
    expect(published.map(({ id }) => id)).toEqual([`nightly ${KEY} aborted`]);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Input } from '../../../functions/settle-recovery/contract.ts';
import { settleRecovery } from '../../../functions/settle-recovery/handler.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Run, Todo } from '../../../shared/state/runs.ts';
import {
  aChoice,
  aPlan,
  aRecoveredStage,
  aRecovery,
  aState,
  BEGUN,
  RECOVERY,
} from '../../shared/recovery/recoveries.ts';

const NOW = Date.parse('2026-11-02T00:04:03.120Z');

function world(run: Partial<Run> = {}) {
  let known = aRecovery(run);
  const did: string[] = [];
  const notices: Notice[] = [];
  const effects = {
    stage: () => aRecoveredStage(),
    now: () => NOW,
    endRun: async (_: unknown, ending: Partial<Run>) => {
      if (known.status !== 'running') return false;
      known = { ...known, ...ending, todo: 'say' };
      return true;
    },
    getRun: async () => known,
    setTodo: async (_: unknown, todo: Todo | undefined) => {
      did.push(`todo ${todo}`);
      known = { ...known, todo };
    },
    releaseLease: async ({ workload, key }: { workload: string; key: string }) => {
      did.push(`release ${workload}: ${key}`);
    },
    publish: async (notice: Notice) => {
      did.push('say');
      notices.push(notice);
    },
  };
  return { settle: (event: Input) => settleRecovery(event, effects), did, notices, record: () => known };
}

const released = 'release web: web 2026-11-02T09:02';
const verified = { isDown: false, at: BEGUN };
const reboot = aChoice({
  rung: 'reboot',
  steps: [{ rung: 'restart', at: BEGUN, seconds: 180, result: 'did not help' }],
});

describe('settleRecovery, how it ended', () => {
  test('a step has helped - recorded, said, released', async () => {
    const { settle, did, notices, record } = world();
    expect(await settle(aState({ choice: reboot, verified }))).toEqual({
      status: 'succeeded',
      reason: 'recovered by reboot',
    });
    expect(record()).toMatchObject({
      status: 'succeeded',
      startedAt: BEGUN,
      endedAt: '2026-11-02T00:04:03.120Z',
      steps: [{}, { result: 'helped' }],
    });
    expect(did).toEqual(['say', released, 'todo undefined']);
    expect(notices).toMatchObject([
      { id: 'web 2026-11-02T09:02 succeeded', severity: 'success', title: 'web was recovered', resolves: ['recovery'] },
    ]);
  });

  test.each<[string, Partial<Extract<Input, { run: unknown }>>, string, string]>([
    [
      'everything was tried',
      {
        choice: aChoice({
          rung: 'none',
          end: 'person',
          reason: 'everything was tried that may be',
          steps: reboot.steps,
        }),
      },
      'failed',
      'everything was tried that may be',
    ],
    [
      'nobody approved',
      { choice: aChoice({ rung: 'none', end: 'person', reason: 'nobody approved stop-start in time' }) },
      'failed',
      'nobody approved stop-start in time',
    ],
    [
      'it could not be decided',
      { error: { Error: 'States.TaskFailed', Cause: 'x' } },
      'failed',
      'States.TaskFailed: x',
    ],
  ])('%s - a person is needed, loudly', async (_, more, status, reason) => {
    const { settle, notices } = world();
    expect(await settle(aState(more))).toEqual({ status, reason });
    expect(notices).toMatchObject([
      { severity: 'critical', title: 'web needs a person', cause: 'recovery', state: 'open' },
    ]);
  });

  test('its instance does not start again - said with the command, and left to the sweeper', async () => {
    const { settle, did, notices } = world();
    const startError = { Error: 'InsufficientInstanceCapacity', Cause: 'none left' };
    await settle(aState({ choice: aChoice({ rung: 'stop-start' }), startError }));
    expect(did.at(-1)).toBe('todo start');
    expect(notices[0]?.todo?.join()).toContain('aws ec2 start-instances --instance-ids i-0fedcba9876543210');
  });

  test.each<[string, Partial<Extract<Input, { run: unknown }>>, string]>([
    ['maintenance', { decision: 'skip', reason: 'work is done on it, in its maintenance' }, 'skipped'],
    ['our own network', { error: { Error: 'NobodyKnows', Cause: '{"errorMessage":"x"}' } }, 'skipped'],
    ['it answers again', { asked: { isDown: false, at: BEGUN } }, 'succeeded'],
    [
      'it came up before anything was done',
      { choice: aChoice({ rung: 'none', end: 'well', reason: 'it recovered by itself' }) },
      'succeeded',
    ],
    [
      'somebody sees to it by now',
      { choice: aChoice({ rung: 'none', end: 'held', reason: 'kim sees to it' }) },
      'skipped',
    ],
    [
      'an alarm of a service that answers',
      { run: aPlan({ by: 'alarm', why: 'cpu' }), asked: { isDown: false, at: BEGUN } },
      'skipped',
    ],
  ])('%s - recorded, and nobody is told', async (_, more, status) => {
    const { settle, did, record } = world({ by: more.run?.by ?? 'checks' });
    expect((await settle(aState(more))).status).toBe(status);
    expect(record().status).toBe(status);
    expect(did).toEqual([released, 'todo undefined']);
  });

  test('a person has asked, and it answers - told', async () => {
    const { settle, notices } = world({ by: 'kim', why: 'users see errors' });
    await settle(aState({ run: aPlan({ by: 'kim' }), asked: { isDown: false, at: BEGUN } }));
    expect(notices).toMatchObject([
      {
        severity: 'warning',
        title: 'web is not recovered',
        lines: ['it answers.', 'kim asked for it: users see errors.'],
      },
    ]);
  });

  test.each([
    'recovered 3 times today, which is the most',
    'it goes up and down',
    'the run nightly 2026-11-02T09:00 on it is under way',
  ])('skipped, since %s - people must act', async (reason) => {
    const { settle, notices } = world();
    await settle(aState({ decision: 'skip', reason }));
    expect(notices).toMatchObject([
      { severity: 'critical', title: 'web is not recovered', cause: 'recovery', state: 'open' },
    ]);
  });

  test('half way somebody sees to it - told as what it is: no person is needed besides', async () => {
    const { settle, notices } = world();
    await settle(
      aState({ choice: aChoice({ rung: 'none', end: 'held', reason: 'kim sees to it', steps: reboot.steps }) }),
    );
    expect(notices).toMatchObject([{ severity: 'warning', title: 'Recovery of web ended' }]);
  });
});

describe('settleRecovery, asked again', () => {
  test('it was said - nothing is done twice', async () => {
    const { settle, did } = world({ status: 'aborted', reason: 'its execution is aborted' });
    expect(await settle(aState({ choice: reboot, verified }))).toEqual({
      status: 'aborted',
      reason: 'its execution is aborted',
    });
    expect(did).toEqual([]);
  });

  test('it ended and was not said - said as it ended', async () => {
    const { settle, did } = world({
      status: 'succeeded',
      reason: 'recovered by reboot',
      todo: 'say',
      steps: reboot.steps,
    });
    await settle(aState({ choice: reboot, verified }));
    expect(did).toEqual(['say', released, 'todo undefined']);
  });
});

test.each([
  ['by the checks', { service: 'web', by: 'checks' }],
  ['by an alarm', { detail: { alarmName: 'lamplighter-dev-cpu-web' } }],
])('settleRecovery, it could not be decided whether it may, asked %s - said', async (_, request) => {
  const { settle, notices } = world();
  await settle({ request, execution: RECOVERY, error: { Error: 'ThrottlingException' } });
  expect(notices).toMatchObject([
    {
      workload: 'web',
      severity: 'critical',
      title: 'Recovery of web could not begin',
      lines: ['ThrottlingException.'],
    },
  ]);
});

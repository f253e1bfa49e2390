import { describe, expect, jest, test } from '@jest/globals';
import { chooseRung } from '../../../functions/choose-rung/handler.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Step } from '../../../shared/recovery/steps.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { Question } from '../../../shared/watch/ask.ts';
import type { Held, Result } from '../../../shared/watch/result.ts';
import {
  aChoice,
  aPlan,
  aRecoverable,
  aRecoveredStage,
  aRecovery,
  aState,
  BEGUN,
  SERVER,
} from '../../shared/recovery/recoveries.ts';
import { BAD, OK } from '../../shared/watch/services.ts';

const NOW = Date.parse(BEGUN) + 60_000;
const AT = new Date(NOW).toISOString();
type Known = {
  stage?: CompiledStage;
  answer?: Result;
  control?: Result;
  held?: Held;
  person?: string;
  runs?: Partial<Run>[];
  state?: string;
  changingAddress?: string;
  isMute?: boolean;
  record?: Partial<Run>;
};

function world({ stage = aRecoveredStage(), answer = BAD, control = OK, ...known }: Known) {
  const notices: Notice[] = [];
  const steps: Step[][] = [];
  const effects = {
    stage: () => stage,
    now: () => NOW,
    pause: async () => undefined,
    ask: async (questions: Question[]) => questions.map(({ name }) => (name === 'control' ? control : answer)),
    heartbeats: async () => new Map<string, number>(),
    newestRuns: async () => [],
    factsOf: async () => ({ words: [] }),
    getWatch: async () => ({ services: {}, version: 0 }),
    heldBack: async () => known.person,
    heldNow: async () => known.held,
    openThreads: async () => [],
    getRun: async () => aRecovery(known.record),
    runsBetween: async () => (known.runs ?? []).map((run) => aRecovery(run)),
    describeInstances: async (ids: string[]) =>
      new Map(
        known.state === 'missing'
          ? []
          : ids.map((id) => [
              id,
              {
                state: (known.state ?? 'running') as 'running',
                type: 't3.small',
                ...(known.changingAddress && { changingAddress: known.changingAddress }),
              },
            ]),
      ),
    setSteps: async (_: unknown, written: Step[]) => {
      steps.push(written);
    },
    publish: async (notice: Notice) => {
      if (known.isMute) throw new Error('no topic');
      notices.push(notice);
    },
  };
  return { choose: (state = aState()) => chooseRung(state, effects), notices, steps };
}

const restarted = { choice: aChoice(), said: { result: 'recovered', isWorthAsking: true } };
const rebooted = {
  choice: aChoice({ rung: 'reboot', steps: [{ rung: 'restart', at: BEGUN, seconds: 180, result: 'did not help' }] }),
};

describe('chooseRung, the next step', () => {
  test('at first - the mildest, with the command for the server, written down before it is done', async () => {
    const { choose, steps } = world({});
    const { choice } = await choose();
    expect(choice).toMatchObject({
      rung: 'restart',
      needsApproval: false,
      at: AT,
      begun: { at: AT },
      withinSeconds: 180,
      steps: [],
    });
    expect(choice.command).toEqual({
      DocumentName: 'lamplighter-dev-recover',
      InstanceIds: [SERVER],
      Comment: 'Lamplighter dev web',
      TimeoutSeconds: 60,
      Parameters: { By: ['pm2'], Name: ['api'], Act: ['recover'], Url: ['http://localhost:3000/health'] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: '/lamplighter/dev/web' },
    });
    expect(steps).toEqual([[{ rung: 'restart', at: AT }]]);
  });

  test('that did not help - the next harsher, and nothing of the last is left in the state', async () => {
    const { choose, steps } = world({});
    const output = await choose(aState(restarted));
    expect(Object.keys(output)).toEqual(['decision', 'run', 'asked', 'choice']);
    expect(output.choice).toMatchObject({
      rung: 'reboot',
      steps: [{ rung: 'restart', seconds: 60, result: 'did not help' }],
    });
    expect(output.choice.command).toBeUndefined();
    expect(steps[0]).toHaveLength(2);
  });

  test('it was done lately, in another recovery - the next harsher', async () => {
    const step = {
      rung: 'restart',
      at: new Date(NOW - 14 * 60_000).toISOString(),
      seconds: 40,
      result: 'helped',
    } as const;
    expect((await world({ runs: [{ key: '2026-11-02T08:48', steps: [step] }] }).choose()).choice.rung).toBe('reboot');
    const longAgo = { ...step, at: new Date(NOW - 15 * 60_000).toISOString() };
    expect((await world({ runs: [{ key: '2026-11-02T08:48', steps: [longAgo] }] }).choose()).choice.rung).toBe(
      'restart',
    );
  });

  test('everything was tried - a person', async () => {
    const { choose, steps } = world({ stage: aRecoveredStage({ rungs: ['restart'] }) });
    expect((await choose(aState(restarted))).choice).toMatchObject({
      rung: 'none',
      end: 'person',
      reason: 'everything was tried that may be',
    });
    expect(steps[0]).toHaveLength(1);
  });
});

describe('chooseRung, when nothing may or need be done', () => {
  test.each<[string, Known, object]>([
    [
      'maintenance has begun',
      { held: 'maintenance' },
      { end: 'held', reason: 'work is done on it, in its maintenance' },
    ],
    ['somebody has paused it', { person: 'paused by kim: moving' }, { end: 'held', reason: 'paused by kim: moving' }],
    ['the control probe fails', { control: BAD }, { end: 'held', reason: 'the control probe does not answer' }],
    ['it answers again', { answer: OK }, { end: 'well', reason: 'it recovered by itself' }],
    ['somebody has stopped its instance', { state: 'stopped' }, { end: 'person', reason: 'its instance is stopped' }],
    ['its instance is gone', { state: 'missing' }, { end: 'person', reason: 'its instance is missing' }],
  ])('%s - nothing', async (_, known, choice) => {
    const { choose, steps } = world(known);
    expect((await choose(aState(rebooted))).choice).toMatchObject({ rung: 'none', ...choice });
    expect(steps[0]?.at(-1)).toMatchObject({ rung: 'reboot', result: 'did not help' });
  });

  test('its disk is full - a person: no reboot makes room', async () => {
    const said = { result: 'failed', isWorthAsking: true, disk: 95 };
    expect((await world({}).choose(aState({ ...restarted, said }))).choice).toMatchObject({
      end: 'person',
      reason: 'its disk is 95 percent full',
    });
    expect((await world({}).choose(aState({ ...restarted, said: { ...said, disk: 94 } }))).choice.rung).toBe('reboot');
  });
});

describe('chooseRung, a step that a person has to approve', () => {
  const stage = aRecoveredStage({ approve: ['stop-start'] });
  test('it is asked for, and not written down as done', async () => {
    const { choose, notices, steps } = world({ stage, changingAddress: '203.0.113.7' });
    expect((await choose(aState(rebooted))).choice).toMatchObject({ rung: 'stop-start', needsApproval: true });
    expect(steps[0]).toHaveLength(2);
    expect(notices).toMatchObject([
      { severity: 'critical', title: 'web waits for your word', cause: 'recovery', state: 'open' },
    ]);
    expect(notices[0]?.lines.join()).toContain('203.0.113.7');
    expect(notices[0]?.todo?.join()).toContain('npx sls ops approve --stage dev --workload web');
  });

  test('somebody said yes - it is done, if it still may', async () => {
    const state = aState({
      choice: aChoice({ rung: 'stop-start', needsApproval: true, steps: [] }),
      approval: { by: 'kim', rung: 'stop-start' },
    });
    const only = aRecoveredStage({ rungs: ['stop-start'], approve: ['stop-start'] });
    expect((await world({ stage: only }).choose(state)).choice).toMatchObject({
      rung: 'stop-start',
      needsApproval: false,
    });
    expect((await world({ stage: only, held: 'maintenance' }).choose(state)).choice).toMatchObject({
      rung: 'none',
      end: 'held',
    });
  });

  const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
  const waiting = (minutes: number) => {
    const askedSince = minutesAgo(minutes);
    return aState({
      choice: { ...rebooted.choice, rung: 'stop-start', needsApproval: true, askedSince, steps: steps2 },
    });
  };
  const steps2 = [
    ...rebooted.choice.steps,
    { rung: 'reboot', at: BEGUN, seconds: 360, result: 'did not help' },
  ] as const as Step[];

  test('nobody has answered yet - it goes on waiting, and people are not asked again', async () => {
    const { choose, notices, steps } = world({ stage });
    const { choice } = await choose(waiting(29));
    expect(choice).toMatchObject({ rung: 'stop-start', needsApproval: true, askedSince: minutesAgo(29) });
    expect(notices).toEqual([]);
    expect(steps[0]).toEqual(steps2);
  });

  test('nobody has for half an hour - a person is needed', async () => {
    const { choice } = await world({ stage }).choose(waiting(30));
    expect(choice).toMatchObject({ rung: 'none', end: 'person', reason: 'nobody approved stop-start in time' });
  });

  test('somebody has while nobody was listening - it is done', async () => {
    const { choice } = await world({ stage, record: { approved: { rung: 'stop-start', by: 'kim' } } }).choose(
      waiting(10),
    );
    expect(choice).toMatchObject({ rung: 'stop-start', needsApproval: false });
  });

  test('it has come up meanwhile, or somebody sees to it - nobody is needed', async () => {
    expect((await world({ stage, answer: OK }).choose(waiting(10))).choice).toMatchObject({ end: 'well' });
    expect((await world({ stage, held: 'maintenance' }).choose(waiting(10))).choice).toMatchObject({ end: 'held' });
  });

  test('the control probe fails meanwhile - it goes on waiting, to its end', async () => {
    expect((await world({ stage, control: BAD }).choose(waiting(10))).choice).toMatchObject({
      rung: 'stop-start',
      needsApproval: true,
    });
    expect((await world({ stage, control: BAD }).choose(waiting(30))).choice).toMatchObject({ end: 'held' });
  });

  test('nobody can be asked - it fails, and is tried again: nobody approves what they were not asked for', async () => {
    await expect(world({ stage, isMute: true }).choose(aState(rebooted))).rejects.toThrow('no topic');
  });
});

test('chooseRung, an address that is no Elastic IP - told before it changes; that it cannot be told holds nothing up', async () => {
  const { choose, notices } = world({ changingAddress: '203.0.113.7' });
  await choose(aState(rebooted));
  expect(notices).toMatchObject([{ severity: 'warning', title: 'web gets another address' }]);
  const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  expect((await world({ changingAddress: '203.0.113.7', isMute: true }).choose(aState(rebooted))).choice.rung).toBe(
    'stop-start',
  );
  expect(logged).toHaveBeenCalledTimes(1);
  logged.mockRestore();
});

describe('chooseRung, other targets', () => {
  const ecs = { target: { ecs: { cluster: 'app', service: 'web' } } };
  const group = { target: { group: 'web' } };
  const of = (target: typeof ecs | typeof group, rung: 'redeploy' | 'replace') =>
    aRecoveredStage({}, {}, { services: { web: aRecoverable({ rungs: [rung] }, target) } });
  const member = (InstanceId: string, more = {}) => ({
    InstanceId,
    HealthStatus: 'Healthy',
    LifecycleState: 'InService',
    ...more,
  });
  const run = aPlan({ target: { kind: 'group', id: 'web', cluster: '' } });
  const inEcs = { run: aPlan({ target: { kind: 'ecs', id: 'web', cluster: 'app' } }) };

  test('an ECS service - a new deployment, unless one is under way', async () => {
    const { choose } = world({ stage: of(ecs, 'redeploy') });
    expect((await choose(aState({ ...inEcs, services: { list: [{ Deployments: [{}] }] } }))).choice.rung).toBe(
      'redeploy',
    );
    expect((await choose(aState({ ...inEcs, services: { list: [{ Deployments: [{}, {}] }] } }))).choice).toMatchObject({
      end: 'held',
      reason: 'a deployment of it is under way',
    });
    // What cannot be seen is not held against it: the deployment has its circuit breaker.
    expect((await choose(aState(inEcs))).choice.rung).toBe('redeploy');
  });

  test.each([
    ['the only member', [member('i-1')], [], 'i-1'],
    ['the only one that serves', [member('i-1', { LifecycleState: 'Terminating' }), member('i-2')], [], 'i-2'],
    ['the one that EC2 finds impaired', [member('i-1'), member('i-2')], ['i-2'], 'i-2'],
  ])('a group: %s - is replaced', async (_, Instances, impaired, instanceId) => {
    const statuses = impaired.map((InstanceId) => ({ InstanceId, SystemStatus: { Status: 'impaired' } }));
    const state = aState({ run, groups: { list: [{ Instances }] }, members: { statuses } });
    expect((await world({ stage: of(group, 'replace') }).choose(state)).choice).toMatchObject({
      rung: 'replace',
      instanceId,
    });
  });

  test.each([
    ['none of them', []],
    ['two of them', ['i-1', 'i-2']],
  ])('a group in which %s is impaired - a person: a well one is not replaced', async (_, impaired) => {
    const statuses = impaired.map((InstanceId) => ({ InstanceId, InstanceStatus: { Status: 'impaired' } }));
    const state = aState({
      run,
      groups: { list: [{ Instances: [member('i-1'), member('i-2')] }] },
      members: { statuses },
    });
    expect((await world({ stage: of(group, 'replace') }).choose(state)).choice).toMatchObject({
      rung: 'none',
      end: 'person',
    });
  });

  test('a group that cannot be seen - a person', async () => {
    expect((await world({ stage: of(group, 'replace') }).choose(aState({ run }))).choice).toMatchObject({
      reason: 'nobody can say which instance of the group is unwell',
    });
  });
});

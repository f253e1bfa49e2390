import { describe, expect, test } from '@jest/globals';
import type { Input, RecoveryPlan } from '../../../functions/admit-recovery/contract.ts';
import { input } from '../../../functions/admit-recovery/contract.ts';
import { admitRecovery } from '../../../functions/admit-recovery/handler.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { Thread } from '../../../shared/threads/thread.ts';
import type { Held } from '../../../shared/watch/result.ts';
import type { WatchState } from '../../../shared/watch/state.ts';
import { CALM } from '../../../shared/watch/streak.ts';
import {
  aRecoverable,
  aRecoveredStage,
  aRecovery,
  BEGUN,
  OPENED,
  RECOVERY,
  SERVER,
} from '../../shared/recovery/recoveries.ts';
import { aService } from '../../shared/watch/services.ts';

const NOW = Date.parse(BEGUN);
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

/** What was there before, and what came of it. */
function world(known: {
  stage?: ReturnType<typeof aRecoveredStage>;
  runs?: Partial<Run>[];
  others?: Record<string, Partial<Run>>;
  held?: Held;
  person?: string;
  watch?: Partial<WatchState>;
  threads?: Partial<Thread>[];
  holder?: string;
  isDuplicate?: boolean;
  minutesLater?: number;
}) {
  const claimed: Run[] = [];
  const leases: unknown[] = [];
  const effects = {
    stage: () => known.stage ?? aRecoveredStage(),
    now: () => NOW + (known.minutesLater ?? 0) * 60_000,
    claimRun: async (run: Run) => {
      claimed.push(run);
      return known.isDuplicate ? ('duplicate' as const) : ('claimed' as const);
    },
    getWatch: async () => ({ services: {}, version: 0, ...known.watch }),
    heldBack: async () => known.person,
    heldNow: async () => known.held,
    newestRuns: async (name: string) => [known.others?.[name] ?? {}] as Run[],
    openThreads: async () => (known.threads ?? []) as Thread[],
    runsBetween: async () => (known.runs ?? []).map((run) => aRecovery(run)),
    takeLease: async (lease: unknown) => {
      leases.push(lease);
      return known.holder;
    },
  };
  const admit = (request: object, more: Partial<Input> = {}) =>
    admitRecovery(input.parse({ request, execution: RECOVERY, startedAt: BEGUN, ...more }), effects);
  return { admit, claimed, leases };
}

const checks = { service: 'web', by: 'checks', why: 'front: answers 503', openedAt: OPENED };
const kim = { service: 'web', by: 'kim', why: 'users see errors' };
const alarm = (name: string, value = 'ALARM') => ({
  version: '0',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  detail: {
    alarmName: name,
    state: { value, reason: 'Threshold Crossed', timestamp: '2026-11-02T00:02:00.512+0000' },
    previousState: { value: 'OK' },
  },
});
const done = (minutes: number, more: Partial<Run> = {}): Partial<Run> => ({
  key: `2026-11-02T0${8 - Math.floor(minutes / 60)}:00`,
  status: 'succeeded',
  endedAt: minutesAgo(minutes),
  steps: [{ rung: 'restart', at: minutesAgo(minutes + 1), seconds: 40, result: 'helped' }],
  ...more,
});

describe('admitRecovery, what it is asked for', () => {
  test('by the checks - the opening names it, and it is looked at again when it answers', async () => {
    const { admit, claimed, leases } = world({});
    const { run } = (await admit(checks)) as { run: RecoveryPlan };
    expect(run).toMatchObject({
      ...{ key: '2026-11-02T09:02', scheduledFor: OPENED, by: 'checks', failures: 1, looksAgain: true },
      target: { kind: 'ec2', id: SERVER, cluster: '' },
    });
    expect(claimed).toMatchObject([{ kind: 'service', workload: 'web', key: '2026-11-02T09:02', status: 'running' }]);
    expect(Object.keys(claimed[0] ?? {})).not.toContain('lease');
    expect(leases).toMatchObject([{ workload: 'web', key: 'web 2026-11-02T09:02' }]);
  });

  test('by an alarm - its change names it, and three failures confirm it', async () => {
    const { run } = (await world({}).admit(alarm('lamplighter-dev-cpu-web'))) as { run: RecoveryPlan };
    expect(run).toMatchObject({
      by: 'alarm',
      why: 'cpu',
      failures: 3,
      looksAgain: false,
      scheduledFor: '2026-11-02T00:02:00.512Z',
    });
  });

  test('by a person - now, to the second', async () => {
    const { run } = (await world({}).admit(kim)) as { run: RecoveryPlan };
    expect(run).toMatchObject({ by: 'kim', key: '2026-11-02T09:02:03', scheduledFor: BEGUN, failures: 1 });
  });

  test.each([
    ['data that is missing', alarm('lamplighter-dev-missing-data-web')],
    ['an alarm that is over', alarm('lamplighter-dev-cpu-web', 'OK')],
    ['one that cannot tell', alarm('lamplighter-dev-cpu-web', 'INSUFFICIENT_DATA')],
    ['a service that nobody names', alarm('lamplighter-dev-cpu-other')],
    ['somebody else’s', alarm('high-cpu')],
  ])('%s - nothing, and nothing is recorded', async (_, event) => {
    const { admit, claimed } = world({});
    expect(await admit(event)).toEqual({ decision: 'nothing' });
    expect(claimed).toEqual([]);
  });

  test('the alarm of a machine whose first service is only watched - the one on it that is recovered', async () => {
    const target = { ec2: SERVER };
    const stage = aRecoveredStage(
      {},
      {},
      { services: { watched: aService({ target }), web: aRecoverable(), api: aRecoverable() } },
    );
    const { run } = (await world({ stage }).admit(alarm('lamplighter-dev-status-check-watched'))) as {
      run: RecoveryPlan;
    };
    expect(run).toMatchObject({ workload: 'web', lease: { workload: 'watched', key: 'web 2026-11-02T09:02:00' } });
  });

  test('a person names what is not recovered - refused, with what is', async () => {
    await expect(world({}).admit({ ...kim, service: 'wbe' })).rejects.toMatchObject({
      name: 'InvalidInput',
      message: 'service: nothing recovers wbe; what is recovered: web',
    });
  });

  test('delivered again - once', async () => {
    expect(await world({ isDuplicate: true }).admit(checks)).toMatchObject({ decision: 'duplicate' });
  });
});

describe('admitRecovery, what is against it', () => {
  const acknowledged = { workload: 'web', thread: 'cause check front', acknowledged: { by: 'kim', at: NOW } };
  const flapping = { services: { web: { front: { ...CALM, openings: [NOW - 3e6, NOW - 2e6, NOW - 1e6] } } } };
  test.each<[string, Parameters<typeof world>[0], string]>([
    ['maintenance', { held: 'maintenance' }, 'work is done on it, in its maintenance'],
    ['off by plan', { held: 'off' }, 'it is off by plan'],
    ['a person has paused it', { person: 'paused by kim: moving' }, 'paused by kim: moving'],
    ['somebody sees to it', { threads: [acknowledged] }, 'kim sees to it'],
    ['it goes up and down', { watch: flapping }, 'it goes up and down'],
    ['three times today', { runs: [done(120), done(180), done(240)] }, 'recovered 3 times today, which is the most'],
  ])('%s - skipped, and the lease is not taken', async (_, known, reason) => {
    const { admit, leases } = world(known);
    expect(await admit(checks)).toMatchObject({ decision: 'skip', reason });
    expect(leases).toEqual([]);
  });

  test('a run of a batch on it is under way - skipped', async () => {
    const stage = aRecoveredStage({}, { offWith: ['nightly'] });
    const others = { nightly: { status: 'running', key: '2026-11-02T09:00' } as const };
    expect(await world({ stage, others }).admit(checks)).toMatchObject({
      reason: 'the run nightly 2026-11-02T09:00 on it is under way',
    });
  });

  test('what it depends on is down - skipped', async () => {
    const services = { database: aService(), web: aRecoverable({}, { dependsOn: ['database'] }) };
    const down = { from: NOW, openedAt: NOW, problem: 'refuses', successes: 0 };
    const watch = { services: { database: { front: { ...CALM, down } } } };
    expect(await world({ stage: aRecoveredStage({}, {}, { services }), watch }).admit(checks)).toMatchObject({
      decision: 'skip',
      reason: 'database is down, which it depends on',
    });
  });

  test('it flaps, somebody sees to it, it was recovered just now - no matter to the person who asks', async () => {
    const known = { threads: [acknowledged], watch: flapping, runs: [done(2)] };
    expect(await world(known).admit(kim)).toMatchObject({ decision: 'recover' });
  });

  test('maintenance, a pause, the cap of the day - against a person as well', async () => {
    for (const known of [
      { held: 'maintenance' as const },
      { person: 'paused by lee: x' },
      { runs: [done(120), done(180), done(240)] },
    ])
      expect(await world(known).admit(kim)).toMatchObject({ decision: 'skip' });
  });

  test('recovered lately - the checks wait until its rest is over, an alarm comes again', async () => {
    const known = { runs: [done(4)] };
    expect(await world(known).admit(checks)).toMatchObject({
      decision: 'wait',
      waitSeconds: 360,
      reason: 'recovered lately, at 08:58',
    });
    expect(await world(known).admit(alarm('lamplighter-dev-cpu-web'))).toMatchObject({ decision: 'skip' });
    expect(await world({ runs: [done(10)] }).admit(checks)).toMatchObject({ decision: 'recover' });
  });

  test('recoveries of yesterday, and those in which nothing was done - do not count', async () => {
    const yesterday = [1, 2, 3].map((hour) => done(20, { key: `2026-11-01T1${hour}:00` }));
    const idle = [4, 5, 6].map((hour) => done(20, { key: `2026-11-02T0${hour}:00`, steps: [] }));
    expect(await world({ runs: [...yesterday, ...idle] }).admit(checks)).toMatchObject({ decision: 'recover' });
  });
});

describe('admitRecovery, another recovery', () => {
  const other = 'api 2026-11-02T09:01';
  test('of another service on the same machine - waited for, half an hour at most', async () => {
    const reason = `the run ${other} on it is under way`;
    expect(await world({ holder: other }).admit(checks)).toMatchObject({ decision: 'wait', waitSeconds: 30, reason });
    expect(await world({ holder: other, minutesLater: 30 }).admit(checks)).toMatchObject({ decision: 'skip', reason });
  });

  test('of the same service, begun by an alarm - waited for: it may find nothing; and when it did something, that was it', async () => {
    const known = { holder: 'web 2026-11-02T09:01:40' };
    expect(await world(known).admit(checks)).toMatchObject({ decision: 'wait', waitSeconds: 30 });
    const ended = { runs: [done(-5, { key: '2026-11-02T09:01:40' })], minutesLater: 6 };
    expect(await world(ended).admit(checks)).toMatchObject({ decision: 'skip', reason: 'recovered lately, at 09:07' });
  });

  test('of the same service, or for an alarm - skipped', async () => {
    const own = 'web 2026-11-02T09:00';
    expect(await world({ holder: own }).admit(checks)).toMatchObject({
      decision: 'skip',
      reason: `busy: the run of ${own} is still going on`,
    });
    expect(await world({ holder: other }).admit(alarm('lamplighter-dev-cpu-web'))).toMatchObject({ decision: 'skip' });
  });
});

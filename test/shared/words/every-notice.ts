import { digestNotice } from '../../../shared/digest/notice.ts';
import type { StopResult } from '../../../shared/emergency.ts';
import { alarmNotice } from '../../../shared/notices/alarm.ts';
import { contraryNotice } from '../../../shared/notices/contrary.ts';
import { emergencyBeginsNotice, emergencyEndsNotice, resumedNotice } from '../../../shared/notices/emergency.ts';
import { environmentBeginsNotice, environmentEndedNotice } from '../../../shared/notices/environment.ts';
import { lostStartNotice, lostStopNotice, notAdmittedNotice } from '../../../shared/notices/lost.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { stormNotice, stormOverNotice, testNotice } from '../../../shared/notices/own.ts';
import { pipelineEndedNotice } from '../../../shared/notices/pipeline.ts';
import { missedNotice, notBegunNotice, slowNotice } from '../../../shared/notices/pipeline-late.ts';
import { goneNotice, runawayNotice, troubleNotice } from '../../../shared/notices/queue.ts';
import { addressNotice, approvalNotice, notRecoveredNotice } from '../../../shared/notices/recovery.ts';
import { recoveryEndedNotice } from '../../../shared/notices/recovery-ended.ts';
import { endedNotice, startedNotice } from '../../../shared/notices/run.ts';
import { healthNotice } from '../../../shared/notices/service.ts';
import { offNotice, stillOnNotice } from '../../../shared/notices/still-on.ts';
import { settledNotice, stillUpNotice } from '../../../shared/notices/still-up.ts';
import type { StepEnded } from '../../../shared/pipeline/ended.ts';
import { because as becausePipeline } from '../../../shared/pipeline/reasons.ts';
import type { Trouble } from '../../../shared/queues/trouble.ts';
import { because } from '../../../shared/reasons.ts';
import { because as becauseRecovery, type RecoveryReason } from '../../../shared/recovery/reasons.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { NOTHING_REMEMBERED, type QueueMemory } from '../../../shared/state/queues.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { Finding } from '../../../shared/watch/finding.ts';
import { queueWordsOf } from '../../../shared/words/queues.ts';
import { anEnvironment, anEnvironmentRun, aQueue, aRun, aStage, aWorkload } from '../builders.ts';
import { CRAWL, DAY, someFacts } from '../digest/facts.ts';
import { aFollower, aPipeline, aPipelineRun } from '../pipeline/builders.ts';
import { aRecoverable, aRecovery } from '../recovery/recoveries.ts';

/** A day after the runs: the longest form of their names. */
const NOW = Date.parse('2026-11-03T03:00:00+09:00');
const STATUSES: Run['status'][] = ['running', 'succeeded', 'failed', 'timed-out', 'skipped', 'aborted'];
const WHY: Partial<Record<Run['status'], string>> = {
  failed: because('jobEnded', 'Failed', 3),
  'timed-out': because('jobTooLong'),
  skipped: because('busy', '2026-11-02T02:00'),
  aborted: because('executionDead', 'failed'),
};

/** One of each notice that there is, by a name for it, of workloads with ordinary names. */
export function everyNotice({ notify }: Pick<CompiledStage, 'notify'>): [string, Notice][] {
  const workloads = {
    ...{ 'nightly-report': aWorkload(), 'chat-app': anEnvironment() },
    ...{ collection: aPipeline(), indicators: aFollower() },
  };
  const services = { 'external-website': aRecoverable() };
  const queues = { 'keyword-crawler': aQueue({ clean: { abovePercent: 80, olderThanSeconds: 86_400 } }) };
  const stage = aStage({ notify, workloads, services, queues, control: 'https://www.example.org' });
  const batch = (run: Partial<Run>) => aRun({ workload: 'nightly-report', ...run });
  const storm = { count: 9980, causes: 412, perWorkload: { 'nightly-report': 9000, 'chat-app': 980 }, since: NOW };
  const warned = { warnedAt: new Date(NOW).toISOString() };
  const alarm = {
    AlarmName: 'lamplighter-prod-SweeperAlarm-1ABCDEF23GHI',
    NewStateReason: '임계값',
    StateChangeTime: '2026-11-02T02:00:00.000+0000',
  };
  const emergency = { by: 'ana', why: 'x', execution: 'arn:aws:states:x:1:execution:y:z' };
  const stopped = (state: StopResult['state']) => [
    { state, target: { kind: 'instance' as const, workload: 'nightly-report', id: 'i-1' }, now: 'running' },
  ];
  const ended = { round: 2, gate: { closed: true as const }, machines: [{ state: 'some' as const }], history: [] };
  const order = (by: string, act: 'pause' | 'resume') => ({ act, by, why: 'x', at: '2026-11-02T02:00:00.000Z' });
  const watched = { service: 'external-website', check: 'www.example.com' };
  const down = { from: NOW - 600_000, openedAt: NOW - 480_000, problem: because('answers', 503), successes: 0 };
  const findings: Finding[] = [
    { ...watched, what: 'opened', down },
    { ...watched, what: 'closed', down, to: NOW },
    { ...watched, what: 'closed', down, to: NOW, because: 'off' },
    { ...watched, what: 'closed', down, to: NOW, because: 'unnamed' },
    { ...watched, what: 'unseen', problem: because('neverHeard') },
    { ...watched, what: 'seen' },
    { ...watched, what: 'ending', days: 14, endsAt: NOW + 14 * 86_400_000 },
    { ...watched, what: 'renewed' },
    { what: 'blind', problem: because('nameUnknown') },
    { what: 'sees', problem: '' },
  ];
  const recovery = (run: Partial<Run>) =>
    aRecovery({ workload: 'external-website', endedAt: new Date(NOW).toISOString(), ...run });
  const steps = (...results: string[]): Run['steps'] =>
    results.map((result) => ({
      rung: 'restart',
      at: '2026-11-02T00:02:03.120Z',
      seconds: 95,
      result,
      logs: '/var/log/x',
    }));
  const endings: [Run['status'], RecoveryReason, string[], Partial<Run>][] = [
    ['succeeded', 'recoveredBy', ['restart'], { steps: steps('did not help', 'healthy', 'helped') }],
    ['failed', 'nothingLeft', [], { by: 'alarm', why: 'cpu', steps: steps('silent (DeliveryTimedOut)', 'absent') }],
    ['failed', 'leftOff', ['Ec2.X'], { steps: [{ rung: 'stop-start', at: '2026-11-02T00:02:03.120Z' }] }],
    ['failed', 'seenTo', ['kim'], { steps: steps('did not help') }],
    ['skipped', 'dayCap', ['3'], {}],
    ['skipped', 'answersAgain', [], { by: 'kim', why: 'x' }],
    ['aborted', 'flapping', [], { steps: steps('invalid', 'unavailable') }],
  ];
  const notices: [string, Notice | undefined][] = [
    ...endings.map(([status, reason, values, run]): [string, Notice | undefined] => [
      `recovery ${status} ${reason}`,
      recoveryEndedNotice(recovery({ status, reason: becauseRecovery(reason, ...values), ...run }), stage, NOW),
    ]),
    ['recovery asks', approvalNotice(recovery({}), 'stop-start', '203.0.113.7', stage, NOW)],
    ['recovery address', addressNotice(recovery({}), '203.0.113.7', stage, NOW)],
    [
      'recovery not admitted',
      notRecoveredNotice('external-website', 'x', `States.X: ${because('wentOn')}`, stage, NOW),
    ],
    ['started', startedNotice({ ...batch({ by: 'ana' }), stopIfFoundRunning: true }, true, stage, NOW)],
    ...STATUSES.map((status): [string, Notice | undefined] => [
      status,
      endedNotice(
        batch({ status, ...(WHY[status] && { reason: WHY[status] }), jobSeconds: 90, instanceHours: 1 }),
        stage,
        NOW,
      ),
    ]),
    ['stopped', endedNotice(batch({ status: 'aborted', reason: because('stoppedBy', 'ana', 'x') }), stage, NOW)],
    ['breaker', endedNotice(batch({ status: 'failed', failuresInRow: 3, breakerFailures: 3 }), stage, NOW)],
    ['left on', endedNotice(batch({ status: 'succeeded', reason: because('notStopped', 'Ec2.X') }), stage, NOW)],
    ['still on', stillOnNotice(batch({}), because('instanceWas', 'running'), stage, NOW)],
    ['off', offNotice(batch(warned), stage, NOW)],
    ['lost start', lostStartNotice('nightly-report', { key: '2026-11-02T02:00', inGap: false }, stage, NOW)],
    ['in the gap', lostStartNotice('nightly-report', { key: '2026-11-02T02:00', inGap: true }, stage, NOW)],
    ['lost stop', lostStopNotice('chat-app', { key: '2026-11-02T18:00' }, stage, NOW)],
    ['not admitted', notAdmittedNotice({ workload: 'nightly-report' }, `States.X: ${because('wentOn')}`, stage, NOW)],
    ...(['start', 'stop'] as const).flatMap((act): [string, Notice | undefined][] => [
      [`${act} begins`, environmentBeginsNotice({ ...anEnvironmentRun({ by: 'ana' }), act }, stage, NOW)],
      ...STATUSES.map((status): [string, Notice | undefined] => [
        `${act} ${status}`,
        environmentEndedNotice(
          anEnvironmentRun({ act, status, ...(WHY[status] && { reason: WHY[status] }) }),
          stage,
          NOW,
        ),
      ]),
    ]),
    ['still up', stillUpNotice(anEnvironmentRun({ reason: because('busy', 'x') }), stage, NOW)],
    ['settled', settledNotice(anEnvironmentRun(), because('unnamed'), stage, NOW)],
    ['storm', stormNotice({ ...storm, severity: 'critical' }, stage, NOW)],
    ['storm over', stormOverNotice(storm, stage, NOW)],
    ['test', testNotice(stage, NOW)],
    ['digest', digestNotice(someFacts(), stage, NOW)],
    ['digest of queues', digestNotice(someFacts(DAY, { queues: [CRAWL, { name: 'mails' }] }), stage, NOW)],
    ['emergency begins', emergencyBeginsNotice(emergency, stage, NOW)],
    ...(['was-off', 'stopped', 'missing', 'going', 'left'] as const).map((state): [string, Notice] => [
      `emergency ${state}`,
      emergencyEndsNotice({ ...emergency, ...ended, targets: stopped(state) }, stage, NOW),
    ]),
    [
      'emergency with an open gate',
      emergencyEndsNotice(
        {
          ...emergency,
          ...ended,
          gate: { Error: 'X' },
          machines: [{ state: 'unknown', error: { Error: 'Y' } }],
          targets: [],
        },
        stage,
        NOW,
      ),
    ],
    ['resumed', resumedNotice(emergency, stage, NOW)],
    ['contrary', contraryNotice('chat-app', order('ana', 'pause'), order('ben', 'resume'), stage, NOW)],
    ['contrary for the stage', contraryNotice(undefined, order('ana', 'pause'), order('ben', 'resume'), stage, NOW)],
    ...findings.map((finding): [string, Notice] => [
      `health ${finding.what} ${'because' in finding ? finding.because : ''}`,
      healthNotice(finding, stage, NOW),
    ]),
    ...ofQueue(stage),
    ...ofPipeline(stage),
    ...['ALARM', 'OK'].map((NewStateValue): [string, Notice] => [
      `alarm ${NewStateValue}`,
      alarmNotice({ ...alarm, AlarmName: 'SweeperAlarm', NewStateValue }, stage),
    ]),
  ];
  return notices.flatMap(([name, notice]): [string, Notice][] => (notice ? [[name, notice]] : []));
}

function ofPipeline(stage: CompiledStage): [string, Notice | undefined][] {
  const run = (more: Partial<Run>) => aPipelineRun({ endedAt: new Date(NOW).toISOString(), ...more });
  const step = (name: string, more: Partial<StepEnded> = {}): StepEnded => ({ name, status: 'succeeded', ...more });
  const numbers = { collected: 2600 };
  const warnings = [becausePipeline('unusual', 'collected', 2600, 2712, 3)];
  const failed = [
    step('kospi', {
      status: 'failed',
      seconds: 30,
      tries: 4,
      reason: `JobFailed: ${because('jobEnded', 'Failed', 3)}`,
    }),
    step('kosdaq', { status: 'timed-out' }),
    step('save', { status: 'passed-over', reason: becausePipeline('needFailed', 'kospi') }),
  ];
  const slot = { workload: 'collection', key: run({}).key, at: Date.parse(run({}).scheduledFor) };
  const endings: Partial<Run>[] = [
    { status: 'succeeded', ended: [step('save', { numbers })], by: 'ana' },
    {
      status: 'succeeded',
      ended: [step('save', { numbers, warnings })],
      warnings: [becausePipeline('tookLong', 720, 600)],
    },
    {
      status: 'failed',
      ended: failed,
      reason: becausePipeline('stepsFailed', 'kospi, kosdaq'),
      generation: 2,
      by: 'ana',
    },
    { status: 'failed', ended: failed, failuresInRow: 3, breakerFailures: 3 },
    { status: 'skipped', workload: 'indicators', reason: becausePipeline('firstFailed', 'collection', 'failed') },
    { status: 'skipped', reason: because('late', 90) },
    { status: 'aborted', reason: because('stoppedBy', 'ana', 'x') },
    { status: 'aborted', reason: because('wentOn') },
    { status: 'timed-out', reason: because('wentOn') },
  ];
  return [
    ...endings.map((ending, index): [string, Notice | undefined] => [
      `pipeline ${ending.status} ${index}`,
      pipelineEndedNotice(run(ending), stage, NOW),
    ]),
    ['pipeline not begun', notBegunNotice(slot, stage, NOW)],
    ['pipeline slow', slowNotice(run({}), ['kospi'], stage, NOW)],
    ['pipeline slow between steps', slowNotice(run({}), [], stage, NOW)],
    ['pipeline missed', missedNotice('collection', [slot.key], [], stage, NOW)],
    ['pipeline missed and made up for', missedNotice('collection', [slot.key], [slot.key], stage, NOW)],
  ];
}

function ofQueue(stage: CompiledStage): [string, Notice | undefined][] {
  const queue = 'keyword-crawler';
  const reading = { at: NOW, waiting: 480, active: 20, delayed: 0, due: 0, oldestSeconds: 700, memoryPercent: 85 };
  const memory = (why: 'backlog' | 'errors'): QueueMemory => ({
    ...NOTHING_REMEMBERED,
    ...{ reading, workers: { running: 3, pending: 0, desired: 9 } },
    runaway: { ...NOTHING_REMEMBERED.runaway, capped: { since: NOW, why, backlog: 500, minutes: 10, calm: 0 } },
    troubles: { idle: { since: NOW, minutes: 15, problem: 'empty', told: true } },
  });
  const event = (why: 'backlog' | 'errors' = 'backlog') => ({ queue, memory: memory(why) });
  const of = { since: NOW - 180_000, minutes: 3, problem: 'AccessDeniedException: no' };
  const changes = Object.keys(queueWordsOf(stage).opened).flatMap((trouble) =>
    (['opened', 'resolved'] as const).map((what) => ({ trouble: trouble as Trouble, what, of })),
  );
  const reasons = [{ reason: 'TimeoutError: no page', times: 40 }];
  const { reading: _, workers: __, ...blind } = memory('backlog');
  return [
    ...changes.map((change): [string, Notice] => [
      `queue ${change.trouble} ${change.what}`,
      troubleNotice({ ...event(), removed: { completed: 9, failed: 1 } }, change, stage, NOW),
    ]),
    ['queue blind', troubleNotice({ queue, memory: blind }, { trouble: 'unreadable', what: 'opened', of }, stage, NOW)],
    [
      'queue absent',
      troubleNotice(event(), { trouble: 'service', what: 'opened', of: { ...of, problem: 'absent' } }, stage, NOW),
    ],
    [
      'queue with nothing to remove',
      troubleNotice(
        { ...event(), removed: { completed: 0, failed: 0 } },
        { trouble: 'memory', what: 'opened', of },
        stage,
        NOW,
      ),
    ],
    ['queue in vain', runawayNotice(event(), 'capped', reasons, stage, NOW)],
    ['queue failing', runawayNotice(event('errors'), 'capped', reasons, stage, NOW)],
    ['queue restored', runawayNotice(event(), 'restored', undefined, stage, NOW)],
    ['queue gone', goneNotice(queue, memory('errors'), stage, NOW)],
  ];
}

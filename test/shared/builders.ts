import type { Message } from '../../shared/messages/message.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import type { BatchWorkload, CompiledStage, Job, Notify } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';

export { anEnvironment } from '../resources/environment.ts';
export { aQueue } from '../resources/queue.ts';

/** The rest of the project's tests speak of this run: `nightly`, 2 November 2026, 02:00 in Seoul, two hours at most. */
export const KEY = '2026-11-02T02:00';
export const SCHEDULED = '2026-11-01T17:00:00.000Z';
export const ADMITTED = '2026-11-01T17:00:05.120Z';
export const DEADLINE = '2026-11-01T19:00:05.120Z';
export const EXECUTION = 'arn:aws:states:ap-northeast-2:123456789012:execution:lamplighter-dev-run-batch:one';
export const INSTANCE = 'i-0123456789abcdef0';

type Loose<T> = Partial<Omit<T, 'run'>>;

/** A batch workload; `run` is merged, everything else is replaced. */
export function aWorkload({ run, ...rest }: Loose<BatchWorkload> & { run?: Partial<Job> } = {}): BatchWorkload {
  return {
    kind: 'batch',
    instance: { id: INSTANCE },
    timezone: 'Asia/Seoul',
    at: [{ time: '02:00', parameters: {} }],
    days: 'every-day',
    run: { by: 'ssm', command: './job.sh', environment: {}, parameters: {}, heartbeatSeconds: 300, ...run },
    deadlineSeconds: 7200,
    startWithinSeconds: 3600,
    breakerFailures: 3,
    stopIfFoundRunning: false,
    ...rest,
  };
}

/** A stage that speaks English, unless `notify` says another language. */
export function aStage({
  notify,
  ...stage
}: Partial<Omit<CompiledStage, 'notify'>> & { notify?: Partial<CompiledStage['notify']> } = {}): CompiledStage {
  return {
    stage: 'dev',
    region: 'ap-northeast-2',
    timezone: 'Asia/Seoul',
    calendar: { closed: {}, open: [], until: '2028-12-31' },
    notify: aNotify(notify),
    budget: {},
    prices: {},
    workloads: { nightly: aWorkload() },
    services: {},
    queues: {},
    ...stage,
  };
}

/** Everything goes to one channel of Discord. */
export function aNotify(notify: Partial<Notify> = {}): Notify {
  return {
    language: 'en',
    windowSeconds: 3600,
    remindSeconds: 3600,
    channels: { chat: { kind: 'discord', webhook: 'ssm:/lamplighter/dev/chat' } },
    routes: [{ severity: ['info', 'success', 'warning', 'critical'], to: ['chat'] }],
    ...notify,
  };
}

/** A run of a batch as the table keeps it. */
export function aRun(run: Partial<Run> = {}): Run {
  return {
    kind: 'batch',
    workload: 'nightly',
    key: KEY,
    scheduledFor: SCHEDULED,
    execution: EXECUTION,
    by: 'schedule',
    instanceId: INSTANCE,
    admittedAt: ADMITTED,
    deadlineAt: DEADLINE,
    status: 'running',
    safetyStop: 'dev-nightly-202611020200',
    ...run,
  };
}

/** The environment of these tests, `chat-app`: its stop on Monday, 2 November 2026, 18:00 in Seoul, an hour at most. */
export const STOP_KEY = '2026-11-02T18:00';
export const STOP_AT = '2026-11-02T09:00:00.000Z';
export const STOP_ADMITTED = '2026-11-02T09:00:03.000Z';
export const STOP_DEADLINE = '2026-11-02T11:00:03.000Z';
export const STOP_EXECUTION =
  'arn:aws:states:ap-northeast-2:123456789012:execution:lamplighter-dev-stop-environment:one';
export const STACK_ID = 'arn:aws:cloudformation:ap-northeast-2:123456789012:stack/ChatAppMasterStack/7f1c';

/** A run of an environment as the table keeps it: the stop of `chat-app`. */
export function anEnvironmentRun(run: Partial<Run> = {}): Run {
  return {
    kind: 'environment',
    act: 'stop',
    workload: 'chat-app',
    key: STOP_KEY,
    scheduledFor: STOP_AT,
    execution: STOP_EXECUTION,
    by: 'schedule',
    admittedAt: STOP_ADMITTED,
    deadlineAt: STOP_DEADLINE,
    status: 'running',
    ...run,
  };
}

/** The instant so many minutes after another. */
export function minutesAfter(instant: string, minutes: number): number {
  return Date.parse(instant) + minutes * 60_000;
}

export function aNotice(notice: Partial<Notice> = {}): Notice {
  return {
    id: `nightly ${KEY} failed`,
    at: '2026-11-02T02:30:00+09:00',
    stage: 'dev',
    workload: 'nightly',
    severity: 'warning',
    title: 'nightly failed',
    lines: ['JobFailed', 'Exit code 3.'],
    ...notice,
  };
}

/** The thread of one notice, as the channels show it; the fields of the notice that are given replace its own. */
export function aMessage(notice: Partial<Notice> = {}, message: Partial<Message> = {}): Message {
  return { notice: aNotice(notice), thread: 'nightly failed', earlier: [], dropped: 0, ...message };
}

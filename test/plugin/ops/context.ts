import type { Output, QueueStatus, ServiceStatus, WorkloadStatus } from '../../../functions/show-status/contract.ts';
import type { Serverless } from '../../../plugin/framework.ts';
import type { Command, Context, Options } from '../../../plugin/ops/command.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { anEnvironment, aStage, aWorkload } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';

export const AT = '2026-11-02T10:00:00+09:00';

export function aWorkloadStatus(more: Partial<WorkloadStatus> = {}): WorkloadStatus {
  return {
    ...{ kind: 'batch', now: 'off', seen: 'stopped' },
    next: { start: '2026-11-03T02:00:00+09:00', stop: '2026-11-03T04:00:00+09:00', skipped: [] },
    ...{ held: [], words: [], breaker: { failures: 0, opensAt: 3 }, incidents: [] },
    ...more,
  };
}

export function aServiceStatus(more: Partial<ServiceStatus> = {}): ServiceStatus {
  const calm = { percent: 100, downMinutes: 0, downtimes: 0 };
  return {
    ...{ kind: 'service', now: 'up', checkedAt: AT, openAfter: 3 },
    checks: { front: { outcome: 'ok', ms: 81, failures: 0 } },
    uptime: { day: calm, week: calm, month: calm },
    ...{ words: [], incidents: [] },
    ...more,
  };
}

/** A queue at work: 120 jobs, 12 workers. */
export function aQueueStatus(more: Partial<QueueStatus> = {}): QueueStatus {
  return {
    ...{ kind: 'queue', now: 'working', lookedAt: AT, max: 50, wanted: 11.4 },
    depth: { at: AT, backlog: 120, waiting: 72, active: 48, due: 0, delayed: 3, failed: 2, oldestSeconds: 95 },
    workers: { running: 12, pending: 1, desired: 13 },
    limits: { min: 0, max: 50, grows: true, shrinks: true },
    done: { arrived: 900, done: 800, failed: 2, workerHours: 3.25, peak: 20 },
    ...{ held: [], words: [], incidents: [] },
    ...more,
  };
}

export function aStatus(workloads: Record<string, Partial<WorkloadStatus>>, more: Partial<Output> = {}): Output {
  return {
    ...{ stage: 'dev', region: 'ap-northeast-2', timezone: 'Asia/Seoul', at: AT },
    ...{ words: [], spending: { limits: {} }, incidents: [], services: {}, queues: {} },
    workloads: Object.fromEntries(Object.entries(workloads).map(([name, one]) => [name, aWorkloadStatus(one)])),
    ...more,
  };
}

interface Deployed {
  /** What the functions answer; an Error is thrown. */
  answers?: Record<string, unknown>;
  /** What a person answers, in turn; nobody is there without it. */
  says?: string[];
  /** How often something is shown with `--watch`. */
  looks?: number;
  stage?: CompiledStage;
}

/** A stage with a server that is watched and recovered. */
export const WATCHED = aStage({
  workloads: {},
  services: {
    web: aService({
      target: { ec2: 'i-0123456789abcdef0' },
      recover: { rungs: ['restart', 'reboot'], approve: [], perDay: 3, cooldownSeconds: 600 },
    }),
    page: aService(),
  },
});

/** A deployed stage and a terminal, and what was asked of them. */
export function aContext(options: Options, { answers = {}, says, looks = 1, stage }: Deployed = {}) {
  const seen = {
    asked: [] as [string, object][],
    out: '',
    err: '',
    questions: [] as string[],
    machines: [] as object[],
  };
  const given = [...(says ?? [])];
  let left = looks;
  const context: Context = {
    serverless: {} as Serverless,
    options,
    stage: stage ?? aStage({ workloads: { nightly: aWorkload(), 'chat-app': anEnvironment() } }),
    hands: {
      ask: async <Answer>(name: string, event: object) => {
        seen.asked.push([name, event]);
        const answer = answers[name];
        if (answer instanceof Error) throw answer;
        return (typeof answer === 'function' ? answer(event) : answer) as Answer;
      },
      who: async () => 'kim@desk',
      startEmergencyStop: async (input) => {
        seen.machines.push(input);
        return 'arn:execution';
      },
      terminal: {
        isInteractive: says !== undefined,
        write: (text) => {
          seen.out += text;
        },
        note: (text) => {
          seen.err += text;
        },
        question: async (text) => {
          seen.questions.push(text);
          return given.shift() ?? '';
        },
        clear: () => {
          seen.out += '(clear)';
        },
        sleep: async () => --left > 0,
      },
    },
  };
  return { context, seen };
}

/** Runs a command as a person does. */
export async function type(command: Command, options: Options, deployed?: Deployed) {
  const { context, seen } = aContext(options, deployed);
  await command.run(context);
  return seen;
}

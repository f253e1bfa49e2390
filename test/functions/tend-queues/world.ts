import type { tendQueues } from '../../../functions/tend-queues/handler.ts';
import type { ServiceFacts } from '../../../shared/aws/workers.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { QueueDay } from '../../../shared/queues/day.ts';
import type { Limits } from '../../../shared/queues/limits.ts';
import type { Reading } from '../../../shared/queues/reading.ts';
import type { CompiledStage, QueueWorkload } from '../../../shared/stage/compiled.ts';
import type { Facts } from '../../../shared/state/facts.ts';
import type { QueuesState } from '../../../shared/state/queues.ts';
import { aQueue, aStage } from '../../shared/builders.ts';

export const START = Date.parse('2026-11-02T00:00:00Z');
export const MINUTE = 60_000;

type Answer = Partial<Reading> | { unreadable: string } | Error;

/** A table, the publishers, ECS and Application Auto Scaling in memory; each field says how one of them answers. */
export class World {
  stage: CompiledStage;
  now = START;
  /** Queue → what its publisher says of it. */
  answers: Record<string, Answer> = {};
  /** The publisher or cleaner that fails as a whole. */
  broken: Record<string, Error> = {};
  services = new Map<string, ServiceFacts | Error>();
  /** Workload, or `stage` → what people and the budget say. */
  facts: Record<string, Facts> = {};
  cleans: object | Error = { completed: 900, failed: 100, more: false };
  refusal: Error | undefined;
  isMute = false;
  state: QueuesState = { at: 0, version: 0, queues: {}, untold: [] };
  claimed = 0;
  readonly notices: Notice[] = [];
  readonly invoked: [string, Record<string, unknown>][] = [];
  readonly registered: [string, Limits][] = [];
  readonly metrics: [string, object][] = [];
  readonly days: [string, QueueDay][] = [];

  constructor(queues: Record<string, QueueWorkload> = { crawl: aQueue() }, stage: Partial<CompiledStage> = {}) {
    this.stage = aStage({ queues, workloads: {}, ...stage });
    for (const { workers } of Object.values(queues)) this.runs(0, workers);
  }

  /** So many tasks run, all that are asked for unless told otherwise. */
  runs(running: number, { cluster, service } = aQueue().workers, facts: Partial<ServiceFacts> = {}): void {
    this.services.set(`${cluster}/${service}`, { running, pending: 0, desired: running, ...facts });
  }

  readonly effects: NonNullable<Parameters<typeof tendQueues>[1]> = {
    stage: () => this.stage,
    now: () => this.now + 1200,
    claimMinute: async (minute) => {
      const isNew = minute > this.claimed;
      this.claimed = Math.max(minute, this.claimed);
      return isNew;
    },
    getQueues: async () => copyOf(this.state),
    putQueues: async (state, version) => {
      if (version !== this.state.version) throw new Error('ConditionalCheckFailedException');
      this.state = { ...copyOf(state), version: version + 1 };
    },
    putQueueDay: async (...day) => {
      this.days.push(day);
    },
    secret: async (reference) => `the value of ${reference}`,
    invoke: async (name, input) => {
      this.invoked.push([name, copyOf(input) as Record<string, unknown>]);
      if (this.broken[name]) throw this.broken[name];
      if (name === 'clean') return answered(this.cleans);
      const { queues } = input as { queues: { name: string }[] };
      return { queues: Object.fromEntries(queues.map((queue) => [queue.name, this.answerOf(queue.name)])) };
    },
    describeWorkers: async () => new Map(this.services),
    factsOf: async (workload = 'stage') => this.facts[workload] ?? { words: [] },
    registerLimits: async ({ service }, limits) => {
      if (this.refusal) throw this.refusal;
      this.registered.push([service, copyOf(limits)]);
    },
    publishMetrics: (_, queue, metrics) => {
      this.metrics.push([queue, metrics]);
    },
    publish: async (notice) => {
      if (this.isMute) throw new Error('no topic');
      this.notices.push(notice);
    },
  };

  private answerOf(name: string): object {
    const answer = this.answers[name] ?? {};
    if ('unreadable' in answer) return answer;
    const at = this.now + 800;
    return {
      reading: { at, waiting: 0, active: 0, delayed: 0, due: 0, failed: 0, ...answer },
      mark: { at, added: 1, inside: 0, failed: 0 },
    };
  }
}

function answered(answer: object | Error): object {
  if (answer instanceof Error) throw answer;
  return answer;
}

/** As the table and Lambda do it; a structured clone would be of another realm than the tests. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

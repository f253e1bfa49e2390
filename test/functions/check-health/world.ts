import type { checkHealth } from '../../../functions/check-health/handler.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Facts } from '../../../shared/state/facts.ts';
import type { Minute } from '../../../shared/state/health.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { Downtime, Hour } from '../../../shared/uptime/uptime.ts';
import type { Question } from '../../../shared/watch/ask.ts';
import type { Result } from '../../../shared/watch/result.ts';
import type { WatchState } from '../../../shared/watch/state.ts';
import { aStage } from '../../shared/builders.ts';

export const START = Date.parse('2026-11-02T00:00:00Z');

/** A table and a network in memory; `answers` says how a URL, a port or the control probe answers. */
export class World {
  stage: CompiledStage;
  now = START;
  readonly notices: Notice[] = [];
  readonly asked: Question[] = [];
  readonly minutes = new Map<number, Minute>();
  readonly downtimes = new Map<string, Downtime>();
  readonly hours: [string, Hour][] = [];
  readonly heard = new Map<string, number>();
  runs: Record<string, Partial<Run>[]> = {};
  /** What people said of each workload. */
  words: Record<string, Facts['words']> = {};
  state: WatchState & { version: number } = { services: {}, version: 0 };
  writes = 0;
  readonly recoveries: [string, string, object][] = [];
  answers: (question: Question) => Result = () => ({ outcome: 'ok', ms: 80 });
  /** Whether people cannot be told. */
  isMute = false;

  constructor(stage: Partial<CompiledStage>) {
    this.stage = aStage({ control: 'https://www.example.org', workloads: {}, ...stage });
  }

  readonly effects: NonNullable<Parameters<typeof checkHealth>[1]> = {
    stage: () => this.stage,
    now: () => this.now + 1200,
    ask: async (questions) => {
      this.asked.push(...questions);
      return questions.map((question) => this.answers(question));
    },
    heartbeats: async () => this.heard,
    newestRuns: async (workload) => (this.runs[workload] ?? []) as Run[],
    factsOf: async (workload = '') => ({ words: this.words[workload] ?? [] }),
    putMinute: async (minute) => {
      if (this.minutes.has(minute.at)) return false;
      this.minutes.set(minute.at, minute);
      return true;
    },
    minutesBetween: async (from, to) => [...this.minutes.values()].filter(({ at }) => at >= from && at < to),
    putHour: async (...hour) => {
      this.hours.push(hour);
    },
    getWatch: async () => copyOf(this.state),
    putWatch: async (state, version) => {
      if (version !== this.state.version) throw new Error('ConditionalCheckFailedException');
      this.state = { ...copyOf(state), version: version + 1 };
      this.writes++;
    },
    publish: async (notice) => {
      if (this.isMute) throw new Error('no topic');
      this.notices.push(notice);
    },
    startExecution: async (...asked) => {
      this.recoveries.push(asked);
      return true;
    },
    putDowntime: async (service, downtime) => {
      this.downtimes.set(`${service} ${downtime.check} ${downtime.from}`, downtime);
    },
  };
}

/** As the table does it; a structured clone would be of another realm than the tests. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

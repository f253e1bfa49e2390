import { rateOfWorker } from '../../shared/cost/workers.ts';
import type { CompiledStage, QueueWorkload } from '../../shared/stage/compiled.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { QueueWorkers } from '../aws/queue-workers.ts';
import { round } from '../cost.ts';
import type { Journal } from '../journal.ts';
import type { Measured } from '../report.ts';
import { type CourseReport, courseOf } from './course.ts';
import { type DayReport, daysOf, type MeteredDay } from './days.ts';

/** What became of the jobs of a queue, and what its workers cost. */
export interface QueueReport {
  /** `bullmq` */
  kind: string;
  jobs: { arrived: number; done: number; failed: number; lost: number; repeated: number; inside: number };
  /** Seconds until jobs were begun. */
  waits: { p50: number; p95: number; max: number };
  workers: {
    peak: number;
    /** Of tasks that were paid for. */
    hours: number;
    /** How often more were wanted, and how often fewer. */
    out: number;
    in: number;
    cost: {
      actual?: number;
      /** As many as there were at most, all the time. */
      alwaysOn?: number;
      savedPercent?: number;
      /** What is not known of it. */
      unknown?: string;
    };
  };
  /** Jobs that came all at once: minutes until the last was begun, and until none was left. */
  bursts: { at: string; jobs: number; begunMinutes?: number; emptyMinutes?: number }[];
  /** Minutes in which CloudWatch got nothing of it. */
  unmeasuredMinutes: number;
  /** The hours of its workers by days. */
  days: DayReport[];
  course: CourseReport;
}

export type QueuesReport = Record<string, QueueReport>;

/** What there was at the end of the last day. */
export interface MeasuredQueue {
  name: string;
  results: ReturnType<QueueWorkers['jobs']['results']>;
  peak: number;
  paidSeconds: number;
}

export function measureQueues(workers: QueueWorkers[]): MeasuredQueue[] {
  return workers.map(({ name, jobs, tasks }) => ({
    ...{ name, results: jobs.results() },
    ...{ peak: tasks.peak, paidSeconds: tasks.paidSeconds },
  }));
}

interface Facts {
  stage: CompiledStage;
  from: number;
  to: number;
}

/** What came of the queues of a stage; undefined where it has none. */
export function queuesReport(
  facts: Facts,
  journal: Journal,
  { queues, drains, days }: Pick<Measured, 'queues' | 'drains' | 'days'>,
): QueuesReport | undefined {
  if (queues.length === 0) return undefined;
  const { stage } = facts;
  return Object.fromEntries(
    queues.flatMap((one) => {
      const workload = stage.queues[one.name];
      return workload ? [[one.name, reportOf(one, workload, facts, journal, drains, days)]] : [];
    }),
  );
}

/** The meter of the workers of a queue. */
export function meterOf(queue: string): string {
  return `workers of ${queue}`;
}

function reportOf(
  { name, results, peak, paidSeconds }: MeasuredQueue,
  workload: QueueWorkload,
  { stage, from, to }: Facts,
  journal: Journal,
  drains: Measured['drains'],
  days: MeteredDay[],
): QueueReport {
  const { waits, ...jobs } = results;
  const scaled = journal.of('scaled').filter(({ queue, at }) => queue === name && at < to);
  const hours = paidSeconds / 3600;
  return {
    kind: workload.source.kind,
    jobs,
    waits: { p50: round(waits.p50, 1), p95: round(waits.p95, 1), max: round(waits.max, 1) },
    workers: {
      ...{ peak, hours: round(hours, 2) },
      out: scaled.filter((one) => one.to > one.from).length,
      in: scaled.filter((one) => one.to < one.from).length,
      cost: costOf(workload, stage, hours, peak * ((to - from) / 3_600_000)),
    },
    bursts: drains
      .filter(({ queue, at }) => queue === name && at < to)
      .map(({ at, jobs: count, begunAt, emptyAt }) => ({
        ...{ at: localTime(at, workload.timezone), jobs: count },
        ...(begunAt !== undefined && { begunMinutes: minutes(begunAt - at) }),
        ...(emptyAt !== undefined && { emptyMinutes: minutes(emptyAt - at) }),
      })),
    unmeasuredMinutes: unmeasured(name, journal, from, to),
    days: daysOf(meterOf(name), days, priceOf(workload, stage)),
    course: courseOf(name, { from, to }, journal),
  };
}

function costOf(
  workload: QueueWorkload,
  { prices }: CompiledStage,
  hours: number,
  always: number,
): QueueReport['workers']['cost'] {
  const { on, unknown } = rateOfWorker(workload, prices);
  if (on === 0) return { unknown: `no price: ${unknown.join(', ')}` };
  const [actual, alwaysOn] = [hours * on, always * on];
  return {
    ...{ actual: round(actual, 2), alwaysOn: round(alwaysOn, 2) },
    ...(alwaysOn > 0 && { savedPercent: round((1 - actual / alwaysOn) * 100, 1) }),
    ...(unknown.length > 0 && { unknown: unknown.join(', ') }),
  };
}

function priceOf(workload: QueueWorkload, { prices }: CompiledStage): { on: number; always: number } | undefined {
  const { on } = rateOfWorker(workload, prices);
  return on === 0 ? undefined : { on, always: 0 };
}

/** Minutes of the time that was rehearsed in which CloudWatch got no backlog. */
function unmeasured(name: string, journal: Journal, from: number, to: number): number {
  const known = new Set<number>();
  for (const { queue, names, at } of journal.of('measured'))
    if (queue === name && at < to && /\bBacklog\b/.test(names)) known.add(Math.floor(at / 60_000));
  return Math.round((to - from) / 60_000) - known.size;
}

function minutes(milliseconds: number): number {
  return round(milliseconds / 60_000, 1);
}

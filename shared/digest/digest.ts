import type { MonthPicture } from '../notices/notice.ts';
import type { QueueDay } from '../queues/day.ts';
import type { Severity, Workload } from '../stage/compiled.ts';
import type { Ending, Run } from '../state/runs.ts';

/** The time that a digest is about; instants are milliseconds since the epoch. */
export interface Span {
  period: 'daily' | 'weekly' | 'monthly';
  from: number;
  to: number;
  /** The local dates whose spending it tells, both inclusive. */
  days: { first: string; last: string };
}

/** What a digest tells. */
export interface Facts {
  span: Span;
  workloads: WorkloadFacts[];
  services: ServiceFacts[];
  queues: QueueFacts[];
  /** Undefined where the ledger has no day of the span. */
  spend?: SpendFacts;
  attention: Attention;
  picture?: MonthPicture;
}

export interface WorkloadFacts {
  name: string;
  kind: Workload['kind'];
  /** How many ended how, the skipped ones left out; `running` is still going on. */
  outcomes: Partial<Record<Exclude<Ending, 'skipped'> | 'running', number>>;
  /** Those that ended badly, newest first. */
  failed: Run[];
  skipped: { reason: string; count: number }[];
  /** How long those that succeeded took, in seconds: their median, and that of the last 20 before. */
  took?: { median: number; usual?: number };
  /** How long it was seen on, of so long; undefined where the ledger does not know. */
  on?: { seconds: number; of: number; unseen: number };
  usd?: number;
  /** Its own limit a day. */
  limit?: number;
  /** Of a pipeline, what its steps did. */
  pipeline?: PipelineFacts;
}

/** What the steps of a pipeline did in the runs of a span. */
export interface PipelineFacts {
  /** The middle of what was counted, and of what the runs before have counted. */
  numbers: { step: string; metric: string; value: number; usual?: number }[];
  /** How many runs succeeded with something found against them. */
  warned: number;
  /** How often a step did not succeed, the most frequent first. */
  failed: { step: string; times: number }[];
  /** The step that took longest, by the middle of its times. */
  slowest?: { step: string; seconds: number };
}

/** How something that is watched was. */
export interface ServiceFacts {
  name: string;
  /** Of the time that it was watched; none where it was not. */
  percent?: number;
  downtimes: number;
  downMinutes: number;
  longestMinutes: number;
  /** Recoveries in which something was done: after how many it was up, and how many were left to a person. */
  recoveries: { helped: number; failed: number };
}

/** What a queue and its workers did on the days of the span. */
export interface QueueFacts {
  name: string;
  /** Undefined where nobody has counted. */
  days?: Omit<QueueDay, 'day'>;
  usd?: number;
  /** Its own limit a day. */
  limit?: number;
}

/** US dollars, at list price. */
export interface SpendFacts {
  usd: number;
  /** ISO 8601 in UTC. */
  asOf: string;
  /** What is not in the sum. */
  unknown: string[];
  /** What all would have cost that long, always on. */
  alwaysOn: number;
  /** The stage's limit a day, and the day that came nearest to it. */
  limit?: number;
  most?: { day: string; usd: number };
}

/** What a person should look at. */
export interface Attention {
  incidents: { workload: string; title: string; severity: Severity; openedAt: number; acknowledgedBy?: string }[];
  /** Workloads that nothing starts of after failures in a row. */
  breakers: { workload: string; failures: number }[];
  /** What people hold back, and for how long; without a workload, the whole stage. */
  pauses: { workload?: string; by: string; why: string; until?: string }[];
  /** Prices that are missing, as `workload: price`. */
  unpriced: string[];
}

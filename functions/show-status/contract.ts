import * as z from 'zod/mini';
import { pipelineStatus } from './pipeline-contract.ts';
import { queueStatus } from './queue-contract.ts';
import { serviceStatus } from './service-contract.ts';

/** Without a workload, a service or a queue, of the whole stage. */
export const input = z.object({ workload: z.optional(z.string()) });

export type Input = z.output<typeof input>;

/** A person's word that holds now; times here and below are local, with their offset. */
const word = z.object({
  act: z.enum(['pause', 'skip', 'keep']),
  by: z.string(),
  why: z.string(),
  at: z.string(),
  until: z.optional(z.string()),
  /** An emergency stop: nothing keeps anything on either. */
  emergency: z.optional(z.boolean()),
});

const incident = z.object({
  ...{ workload: z.string(), cause: z.optional(z.string()), severity: z.string(), title: z.string() },
  ...{ since: z.string(), count: z.number(), acknowledgedBy: z.optional(z.string()) },
});

const run = z.object({
  key: z.string(),
  act: z.optional(z.enum(['start', 'stop'])),
  by: z.string(),
  status: z.string(),
  reason: z.optional(z.string()),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  exitCode: z.optional(z.number()),
});

/** Over its budget: nothing starts until then. */
const overBudget = z.object({ until: z.string(), usd: z.number(), limit: z.number() });

/** An estimate at list price, in US dollars; what is unknown is not in it. */
const spend = z.object({ usd: z.number(), asOf: z.string(), unknown: z.array(z.string()) });

/** Without it nothing was reckoned today. */
const today = z.optional(z.object({ ...spend.shape, onSeconds: z.number(), limit: z.optional(z.number()) }));

const workloadStatus = z.object({
  kind: z.enum(['batch', 'environment', 'pipeline']),
  /** `changing`: somebody updates it or it rolls back; `broken`: a person or the next start has to mend it. */
  now: z.enum(['on', 'off', 'starting', 'stopping', 'changing', 'broken', 'missing', 'unknown']),
  /** What AWS says, `running` or `CREATE_COMPLETE`; where it could not be asked, why. */
  seen: z.string(),
  /** The run that goes on. */
  running: z.optional(run),
  /** The newest run that has ended. */
  last: z.optional(run),
  next: z.object({
    start: z.optional(z.string()),
    /** By when it is off, as things are. */
    stop: z.optional(z.string()),
    /** Starts that come before and are skipped. */
    skipped: z.array(z.object({ at: z.string(), why: z.string() })),
  }),
  /** Why nothing would start now. */
  held: z.array(z.string()),
  words: z.array(word),
  breaker: z.object({ failures: z.number(), opensAt: z.number() }),
  overBudget: z.optional(overBudget),
  incidents: z.array(incident),
  today,
  /** Of a pipeline. */
  pipeline: z.optional(pipelineStatus),
});

const ofService = z.object({ ...serviceStatus.shape, words: z.array(word), incidents: z.array(incident) });

const ofQueue = z.object({
  ...queueStatus.shape,
  words: z.array(word),
  overBudget: z.optional(overBudget),
  incidents: z.array(incident),
  /** Of workers `onSeconds` is what all of them ran, together. */
  today,
});

export const output = z.object({
  ...{ stage: z.string(), region: z.string(), timezone: z.string(), at: z.string() },
  /** The address of the status page, where there is one. */
  page: z.optional(z.string()),
  words: z.array(word),
  overBudget: z.optional(overBudget),
  spending: z.object({
    today: z.optional(spend),
    /** By the bill as far as it is settled, by the estimate since; of days of UTC, as AWS bills. */
    month: z.optional(z.object({ ...spend.shape, since: z.string(), billedUntil: z.optional(z.string()) })),
    limits: z.object({ daily: z.optional(z.number()), emergency: z.optional(z.number()) }),
  }),
  /** Those that are of no workload here. */
  incidents: z.array(incident),
  workloads: z.record(z.string(), workloadStatus),
  /** What is watched. */
  services: z.record(z.string(), ofService),
  /** Queues, whose workers are scaled. */
  queues: z.record(z.string(), ofQueue),
});

export type Output = z.output<typeof output>;
export type QueueStatus = z.output<typeof ofQueue>;
export type ServiceStatus = z.output<typeof ofService>;
export type WorkloadStatus = z.output<typeof workloadStatus>;
export type Spend = z.output<typeof spend>;

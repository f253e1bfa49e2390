import * as z from 'zod/mini';

/** Of a pipeline's run that is begun again: everything (`{}`), one step with what comes after it, or what failed. */
const again = z.object({ from: z.optional(z.string()), only: z.optional(z.literal('failed')) });

/** Runs that were missed, to be made up for one after the other. */
const next = z.array(z.object({ key: z.string(), scheduledFor: z.string() }));

/** What starts a run: a schedule, the sweeper, a person, or the pipeline that it comes after. */
export const request = z.object({
  workload: z.string(),
  /** ISO 8601; EventBridge Scheduler fills it in. Without it the run is scheduled for now, by hand. */
  scheduledFor: z.optional(z.string()),
  /** The slot's own name, when the sender knows it (a time inside a spring gap has no instant). */
  key: z.optional(z.string()),
  by: z._default(z.string(), 'schedule'),
  /** The stop that failed and is made again by the sweeper. */
  retryOf: z.optional(z.string()),
  again: z.optional(again),
  next: z.optional(next),
  /** Overrides of the job's declared parameters. */
  parameters: z._default(z.record(z.string(), z.string().check(z.regex(/^[^\n\r]*$/, 'must be one line'))), {}),
});

export const input = z.object({
  request,
  /** What the machine that asks does to an environment; a batch has one machine alone. */
  act: z.optional(z.enum(['start', 'stop'])),
  execution: z.string(),
  startedAt: z.string(),
});

export type Input = z.output<typeof input>;

/** What the runs of every kind have. */
const anyPlan = {
  workload: z.string(),
  key: z.string(),
  scheduledFor: z.string(),
  execution: z.string(),
  by: z.string(),
  admittedAt: z.string(),
  deadlineAt: z.string(),
};

/** A run of a batch, as its machine carries it from state to state. */
export const batchPlan = z.object({
  kind: z.literal('batch'),
  ...anyPlan,
  instanceId: z.string(),
  stopIfFoundRunning: z.boolean(),
  /** The one-time schedule that stops the instance by itself. */
  safetyStop: z.object({ name: z.string(), expression: z.string() }),
  job: z.object({
    by: z.enum(['ssm', 'boot']),
    /** For `ssm`: the whole request of SendCommand. */
    command: z.optional(z.record(z.string(), z.unknown())),
    /** For `boot`: what the agent is handed, up to the task token. */
    handover: z.optional(z.string()),
    heartbeatSeconds: z.number(),
  }),
});

export type BatchPlan = z.output<typeof batchPlan>;

/** A start or a stop of an environment, as its machines carry it. */
export const environmentPlan = z.object({
  kind: z.literal('environment'),
  ...anyPlan,
  act: z.enum(['start', 'stop']),
  retryOf: z.optional(z.string()),
  refresh: z.boolean(),
  /** Until then it waits for another run of the workload, or for somebody's deployment, to end. */
  waitUntil: z.string(),
  stack: z.object({
    name: z.string(),
    templateUrl: z.string(),
    roleArn: z.string(),
    capabilities: z.array(z.string()),
    /** After this CloudFormation gives a creation up by itself. */
    timeoutMinutes: z.number(),
    /** The same for each attempt of one run, so that AWS knows an attempt that is made again. */
    token: z.string(),
  }),
  hasHealthCheck: z.boolean(),
});

export type EnvironmentPlan = z.output<typeof environmentPlan>;

/** A run of a pipeline, as its machine carries it from step to step. */
export const pipelinePlan = z.object({
  kind: z.literal('pipeline'),
  ...anyPlan,
  /** When it begins in earnest: later than it was admitted where it waited for another run. */
  startedAt: z.string(),
  /** Until then it waits for another run of the workload to end. */
  waitUntil: z.string(),
  /** Counts the executions of this run, from 1. */
  generation: z.number(),
  again: z.optional(again),
  next: z.optional(next),
  /** The one-time schedule that looks whether it takes long. */
  watch: z.optional(z.object({ name: z.string(), expression: z.string(), input: z.string() })),
});

export type PipelinePlan = z.output<typeof pipelinePlan>;

export const plan = z.discriminatedUnion('kind', [batchPlan, environmentPlan, pipelinePlan]);

export type Plan = z.output<typeof plan>;

export const output = z.object({
  /** `wait`: another run of the workload has to end first; ask again. */
  decision: z.enum(['run', 'skip', 'duplicate', 'wait']),
  reason: z.optional(z.string()),
  run: plan,
});

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

/** What starts a run: a schedule, the sweeper, or a person. */
export const request = z.object({
  workload: z.string(),
  /** ISO 8601; EventBridge Scheduler fills it in. Without it the run is scheduled for now, by hand. */
  scheduledFor: z.optional(z.string()),
  /** The slot's own name, when the sender knows it (a time inside a spring gap has no instant). */
  key: z.optional(z.string()),
  by: z._default(z.string(), 'schedule'),
  /** Overrides of the job's declared parameters. */
  parameters: z._default(z.record(z.string(), z.string().check(z.regex(/^[^\n\r]*$/, 'must be one line'))), {}),
});

export const input = z.object({ request, execution: z.string(), startedAt: z.string() });

export type Input = z.output<typeof input>;

/** The run as the machine carries it from state to state. */
export const plan = z.object({
  workload: z.string(),
  key: z.string(),
  scheduledFor: z.string(),
  execution: z.string(),
  by: z.string(),
  instanceId: z.string(),
  admittedAt: z.string(),
  deadlineAt: z.string(),
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

export type Plan = z.output<typeof plan>;

export const output = z.object({
  decision: z.enum(['run', 'skip', 'duplicate']),
  reason: z.optional(z.string()),
  run: plan,
});

export type Output = z.output<typeof output>;

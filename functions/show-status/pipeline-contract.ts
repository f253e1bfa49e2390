import * as z from 'zod/mini';

/** A step of the run that is shown; `waiting` has not begun. */
const step = z.object({
  name: z.string(),
  status: z.enum(['waiting', 'running', 'succeeded', 'failed', 'timed-out', 'passed-over']),
  /** Since when it is going on. */
  since: z.optional(z.string()),
  seconds: z.optional(z.number()),
  tries: z.optional(z.number()),
  numbers: z.optional(z.record(z.string(), z.number())),
  reason: z.optional(z.string()),
  warnings: z.optional(z.array(z.string())),
});

/** How the run of a pipeline stands that goes on, or how the newest one went. */
export const pipelineStatus = z.object({
  /** The pipeline whose success starts it. */
  after: z.optional(z.string()),
  run: z.optional(z.string()),
  steps: z.array(step),
  /** How long the run has taken, also until now, and how long it usually takes. */
  seconds: z.optional(z.number()),
  usualSeconds: z.optional(z.number()),
  /** From when on it takes long. */
  warnSeconds: z.optional(z.number()),
  /** What was found against the whole of it. */
  warnings: z.array(z.string()),
});

export type PipelineStatus = z.output<typeof pipelineStatus>;
export type StepStatus = z.output<typeof step>;

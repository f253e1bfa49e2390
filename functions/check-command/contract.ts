import * as z from 'zod/mini';

export const input = z.object({
  commandId: z.string(),
  /** An instance of EC2, or an own server that is registered with Systems Manager (`mi-…`). */
  instanceId: z.string(),
  deadlineAt: z.string(),
  workload: z.string(),
  /** Of a step of a pipeline, whose command may run for so many seconds: it is cancelled when they are over. */
  sentAt: z.optional(z.string()),
  seconds: z.optional(z.number()),
});

export type Input = z.output<typeof input>;

/** What is known of a job that ended well; the agent on an instance reports the same. */
export const output = z.object({
  exitCode: z.number(),
  /** Of the agent's clean-up hook, when it has one. */
  cleanupExitCode: z.optional(z.nullable(z.number())),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  log: z.optional(z.string()),
  /** What a step of a pipeline reported on its output. */
  numbers: z.optional(z.record(z.string(), z.number())),
});

export type Output = z.output<typeof output>;

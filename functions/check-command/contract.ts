import * as z from 'zod/mini';

export const input = z.object({
  commandId: z.string(),
  instanceId: z.string(),
  deadlineAt: z.string(),
  workload: z.string(),
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
});

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

/** A person's act. Without a workload it is for the whole stage. */
export const input = z.object({
  act: z.enum(['pause', 'skip', 'resume']),
  workload: z.optional(z.string()),
  /** ISO 8601; `skip` needs it. */
  until: z.optional(z.string()),
  by: z.string(),
  why: z.string(),
});

export type Input = z.output<typeof input>;

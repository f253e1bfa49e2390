import * as z from 'zod/mini';

export const input = z.object({
  workload: z.string(),
  /** No word of a person counts after it; ISO 8601. */
  deadlineAt: z.string(),
});

export type Input = z.output<typeof input>;

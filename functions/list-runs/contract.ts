import * as z from 'zod/mini';

export const input = z.object({
  workload: z.string(),
  /** How many at most. */
  limit: z._default(z.int().check(z.minimum(1), z.maximum(100)), 20),
});

export type Input = z.output<typeof input>;

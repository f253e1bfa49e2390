import * as z from 'zod/mini';

export const input = z.object({
  workload: z.string(),
  /** When the environment came up, ISO 8601: from then on it has the time that the stage file gives it. */
  upAt: z.string(),
});

export type Input = z.output<typeof input>;

export const output = z.object({ status: z.number(), at: z.string() });

export type Output = z.output<typeof output>;

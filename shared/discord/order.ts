import * as z from 'zod/mini';

/** A person's word as Discord brings it; `by` is who said it. */
export const order = z.object({
  act: z.enum(['start', 'stop', 'keep', 'skip', 'pause', 'resume']),
  /** The whole stage without it. */
  workload: z.optional(z.string()),
  until: z.optional(z.string()),
  why: z.string(),
  by: z.string(),
});

export type Order = z.output<typeof order>;

import * as z from 'zod/mini';

export const input = z.discriminatedUnion('check', [
  /** A while after its time: whether the run has begun. */
  z.object({
    check: z.literal('begun'),
    workload: z.string(),
    /** The time of this very look, which EventBridge Scheduler fills in. */
    scheduledFor: z.string(),
  }),
  /** When it should be done: whether it is. */
  z.object({ check: z.literal('duration'), workload: z.string(), key: z.string(), generation: z.number() }),
]);

export type Input = z.output<typeof input>;

export const output = z.object({
  /** `nothing`: all is well, or nothing was planned. */
  found: z.enum(['nothing', 'not-begun', 'slow']),
  key: z.optional(z.string()),
});

export type Output = z.output<typeof output>;

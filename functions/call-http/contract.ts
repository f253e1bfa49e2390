import * as z from 'zod/mini';

/** What the states of a step's work know of the run. */
export const ofRun = z.object({
  workload: z.string(),
  key: z.string(),
  scheduledFor: z.string(),
  deadlineAt: z.string(),
  generation: z.optional(z.number()),
});

export const input = z.object({ step: z.string(), run: ofRun });

export type Input = z.output<typeof input>;

export const output = z.object({
  status: z.number(),
  numbers: z.record(z.string(), z.number()),
  startedAt: z.string(),
  endedAt: z.string(),
});

export type Output = z.output<typeof output>;

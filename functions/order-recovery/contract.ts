import * as z from 'zod/mini';

/** What a person says to the recovery of a service. */
export const input = z.object({
  /** `recover`: now. `approve`: the step that waits for it may be done. */
  act: z.enum(['recover', 'approve']),
  workload: z.string(),
  by: z.string(),
  why: z._default(z.string(), ''),
  /** Of an approval: of this run alone, and of this step; what waits by then may be another. */
  run: z.optional(z.string()),
  rung: z.optional(z.string()),
});

export type Input = z.output<typeof input>;

export const output = z.object({ said: z.string() });

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

/** That somebody has seen an incident, or every open one of a workload or of the stage, and sees to it. */
export const input = z.object({
  workload: z.optional(z.string()),
  /** Its cause, as list-incidents says it; without it every open incident. */
  cause: z.optional(z.string()),
  by: z.string(),
});

export type Input = z.output<typeof input>;

export const output = z.object({ acknowledged: z.array(z.string()) });

export type Output = z.output<typeof output>;

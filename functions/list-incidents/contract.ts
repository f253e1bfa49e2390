import * as z from 'zod/mini';

/** Without a workload, of the whole stage. */
export const input = z.object({ workload: z.optional(z.string()) });

export type Input = z.output<typeof input>;

export const output = z.object({
  incidents: z.array(
    z.object({
      ...{ workload: z.string(), cause: z.optional(z.string()), severity: z.string(), title: z.string() },
      ...{ since: z.string(), count: z.number(), acknowledgedBy: z.optional(z.string()) },
    }),
  ),
});

export type Output = z.output<typeof output>;

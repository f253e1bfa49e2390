import * as z from 'zod/mini';

export const input = z.object({ workload: z.string(), stackId: z.string() });

export type Input = z.output<typeof input>;

/** What will be lost with the stack, and was given up in the stage file. */
export const output = z.object({ givenUp: z.array(z.string()) });

export type Output = z.output<typeof output>;

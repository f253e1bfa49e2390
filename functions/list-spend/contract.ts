import * as z from 'zod/mini';

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/** Local dates of the stage, both inclusive. */
export const input = z.object({ from: day, to: day });

export type Input = z.output<typeof input>;

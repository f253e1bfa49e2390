import * as z from 'zod/mini';

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/** Dates, both inclusive: of the stage for what was observed, of UTC for what was billed. */
export const input = z.object({ from: day, to: day });

export type Input = z.output<typeof input>;

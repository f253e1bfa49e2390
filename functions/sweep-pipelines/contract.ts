import * as z from 'zod/mini';

/** Every ten minutes, and whenever an execution of a pipeline ends badly; in both cases everything open is looked at. */
export const input = z.looseObject({ 'detail-type': z.optional(z.string()) });

export type Input = z.output<typeof input>;

export const output = z.object({ open: z.number(), ended: z.array(z.string()), started: z.array(z.string()) });

export type Output = z.output<typeof output>;

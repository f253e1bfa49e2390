import * as z from 'zod/mini';

export const input = z.discriminatedUnion('want', [
  /** Whether it is down, or has come up by itself. */
  z.object({
    want: z.literal('confirmed'),
    service: z.string(),
    /** How many failures in a row mean that it is. */
    failures: z.number(),
  }),
  /** Whether it is up, after something was done. */
  z.object({ want: z.literal('up'), service: z.string(), since: z.string(), withinSeconds: z.number() }),
]);

export type Input = z.output<typeof input>;

export const output = z.object({
  isDown: z.boolean(),
  at: z.string(),
  /** What was found wrong, `front: answers 503`. */
  problem: z.optional(z.string()),
});

export type Output = z.output<typeof output>;

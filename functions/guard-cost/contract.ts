import * as z from 'zod/mini';

/** Every fifteen minutes, and at the very minute at which a limit would be reached. */
export const input = z.looseObject({});

export type Input = z.output<typeof input>;

export const output = z.object({
  /** Local date; without it another guard was at it in the same moment. */
  day: z.optional(z.string()),
  /** Estimated at list price, in US dollars. */
  usd: z.optional(z.number()),
  asOf: z.optional(z.string()),
  /** What is not in it. */
  unknown: z.optional(z.array(z.string())),
  /** What was done about it: `daily-limit`, `burn-rate makenaide`, … */
  done: z.array(z.string()),
});

export type Output = z.output<typeof output>;

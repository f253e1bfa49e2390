import * as z from 'zod/mini';

/** Every fifteen minutes, and at the very minute at which a limit would be reached. */
export const input = z.looseObject({});

export type Input = z.output<typeof input>;

export const output = z.object({
  day: z.string(),
  /** Estimated at list price, in US dollars. */
  usd: z.number(),
  asOf: z.string(),
  /** What is not in it. */
  unknown: z.array(z.string()),
  /** What was done about it: `daily-limit`, `burn-rate makenaide`, … */
  done: z.array(z.string()),
});

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

/** Every minute; what is looked at is in the stage file. */
export const input = z.looseObject({});

export type Input = z.output<typeof input>;

export const output = z.object({
  /** The minute that was looked at, ISO 8601. */
  at: z.string(),
  /** How many checks of each outcome; without it, somebody else has judged this minute. */
  checks: z.optional(z.object({ ok: z.number(), failed: z.number(), unknown: z.number() })),
  /** What was told: `web front opened`, … */
  told: z.array(z.string()),
});

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

/** Every minute; which queues there are is in the stage file. */
export const input = z.looseObject({});

export type Input = z.output<typeof input>;

export const output = z.object({
  /** The minute that was judged, ISO 8601. */
  at: z.string(),
  /** What was decided; without it, somebody else has judged this minute. */
  queues: z.optional(
    z.record(
      z.string(),
      z.object({
        /** Jobs that want a worker; missing where the queue could not be read. */
        backlog: z.optional(z.number()),
        /** Tasks that run; missing where ECS did not tell. */
        workers: z.optional(z.number()),
        /** Decided here where workers are scaled by the backlog. */
        wanted: z.optional(z.number()),
        /** As they are registered; missing while they could not be. */
        min: z.optional(z.number()),
        max: z.optional(z.number()),
      }),
    ),
  ),
  /** What was told: `crawl unreadable opened`, … */
  told: z.array(z.string()),
});

export type Output = z.output<typeof output>;

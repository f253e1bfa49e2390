import * as z from 'zod/mini';

/**
 * What a queue is like at one moment. What a source does not tell is left out: missing is not zero.
 */
export const reading = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** Jobs that could be begun now, without those that are due. */
  waiting: z.number(),
  /** Jobs that are being done. */
  active: z.number(),
  /** Jobs that are to be done later. */
  delayed: z.number(),
  /** Jobs that were delayed, and whose time has come: with no worker nobody moves them. */
  due: z.number(),
  /** Jobs that could be begun if their queue were not paused: no worker is wanted for them. */
  paused: z.optional(z.number()),
  /** Jobs that have failed for good and are still kept. */
  failed: z.optional(z.number()),
  /** How long the oldest waiting job has waited; 0 where nothing waits. */
  oldestSeconds: z.optional(z.number()),
  /** A minute, since the last reading. */
  arrivals: z.optional(z.number()),
  completions: z.optional(z.number()),
  failures: z.optional(z.number()),
  /** Of the jobs that ended since the last reading, in percent; missing where none ended. */
  errorPercent: z.optional(z.number()),
  /** How much of its memory Redis has used; missing where it has no limit. */
  memoryPercent: z.optional(z.number()),
  /** Why jobs failed lately, the most frequent first: at most five, each at most 200 characters. */
  reasons: z.optional(z.array(z.object({ reason: z.string(), times: z.number() }))),
});

export type Reading = z.output<typeof reading>;

/** What the next reading is compared with; whoever has a queue read keeps it for the next time. */
export const mark = z.object({
  at: z.number(),
  /** Jobs ever added. */
  added: z.optional(z.number()),
  /** Everything that has not ended. */
  inside: z.number(),
  failed: z.optional(z.number()),
});

export type Mark = z.output<typeof mark>;

/** Jobs that want a worker now: waiting, due or being done. */
export function backlogOf({ waiting, due, active }: Reading): number {
  return waiting + due + active;
}

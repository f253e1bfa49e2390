import * as z from 'zod/mini';

/** Jobs, as the last reading that there was showed them; what the queue does not tell is left out. */
const depth = z.object({
  at: z.string(),
  /** Those that want a worker now: waiting, due and active. */
  backlog: z.number(),
  ...{ waiting: z.number(), active: z.number(), delayed: z.number(), due: z.number() },
  failed: z.optional(z.number()),
  /** Those that a pause of the library holds back. */
  paused: z.optional(z.number()),
  oldestSeconds: z.optional(z.number()),
  /** A minute. */
  arrivals: z.optional(z.number()),
  completions: z.optional(z.number()),
  errorPercent: z.optional(z.number()),
  memoryPercent: z.optional(z.number()),
});

/** A queue and its workers; times are local, with their offset. */
export const queueStatus = z.object({
  kind: z.literal('queue'),
  /** `waiting`: there are jobs, and no worker runs; `unreadable`: it cannot be read; `unknown`: nobody has looked lately. */
  now: z.enum(['empty', 'waiting', 'working', 'unreadable', 'unknown']),
  /** Why it is unreadable or unknown. */
  why: z.optional(z.string()),
  /** Since when it cannot be read. */
  since: z.optional(z.string()),
  lookedAt: z.optional(z.string()),
  depth: z.optional(depth),
  /** Tasks, as ECS told last; missing where it did not. */
  workers: z.optional(z.object({ running: z.number(), pending: z.number(), desired: z.number() })),
  /** How many are wanted by the backlog. */
  wanted: z.optional(z.number()),
  /** Within which they are scaled, as it was registered last. */
  limits: z.optional(z.object({ min: z.number(), max: z.number(), grows: z.boolean(), shrinks: z.boolean() })),
  /** What the stage file has as the maximum. */
  max: z.number(),
  /** The maximum is held down, since workers do not help. */
  capped: z.optional(z.object({ since: z.string(), why: z.enum(['backlog', 'errors']) })),
  /** Why no worker is started. */
  held: z.array(z.string()),
  /** What was done on the queue's own day so far. */
  done: z.optional(
    z.object({ arrived: z.number(), done: z.number(), failed: z.number(), workerHours: z.number(), peak: z.number() }),
  ),
});

export type QueueFacts = z.output<typeof queueStatus>;

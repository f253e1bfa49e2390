import * as z from 'zod/mini';

/** Of the time that it was watched and was to be up; no percentage where it was not watched. */
const uptime = z.object({ percent: z.optional(z.number()), downMinutes: z.number(), downtimes: z.number() });

const check = z.object({
  /** As the last minute showed it. */
  outcome: z.enum(['ok', 'failed', 'unknown']),
  ms: z.optional(z.number()),
  problem: z.optional(z.string()),
  /** In a row, before it is down. */
  failures: z.number(),
  downSince: z.optional(z.string()),
});

const recovery = z.object({
  ...{ key: z.string(), by: z.string(), status: z.string(), reason: z.optional(z.string()) },
  steps: z.array(z.object({ rung: z.string(), result: z.optional(z.string()), seconds: z.optional(z.number()) })),
  /** The step that waits for a person. */
  waitsFor: z.optional(z.string()),
});

/** What is watched; times are local, with their offset. */
export const serviceStatus = z.object({
  kind: z.literal('service'),
  /** `failing`: not often enough to be down; `held`: it does not answer, and need not; `unknown`: nobody can say. */
  now: z.enum(['up', 'down', 'failing', 'held', 'unknown']),
  /** Why it is held or unknown. */
  why: z.optional(z.string()),
  /** Since when it is down, or up again. */
  since: z.optional(z.string()),
  checkedAt: z.optional(z.string()),
  openAfter: z.number(),
  checks: z.record(z.string(), check),
  uptime: z.object({ day: uptime, week: uptime, month: uptime }),
  maintenance: z.optional(z.object({ from: z.string(), to: z.string() })),
  /** Where nothing is to be recovered there are none. */
  recoveries: z.optional(z.object({ today: z.number(), atMost: z.number(), last: z.optional(recovery) })),
});

export type ServiceFacts = z.output<typeof serviceStatus>;

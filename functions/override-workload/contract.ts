import * as z from 'zod/mini';

/** A person's word. Without a workload it is for the whole stage. */
export const input = z.object({
  /**
   * `pause`: nothing starts until resumed, or until. `skip`: nothing starts today, or until. `keep`: nothing is stopped
   * until. `start`: starts now, and is kept until. `stop`: stops now, and nothing starts until. `resume`: back to the
   * schedule; closes the breaker too. `emergency-stop`: everything that the stage names is stopped, and nothing starts
   * until resumed. Of a pipeline, `rerun`: a run is run again. `redrive`: so are what failed in a run of the last 14 days
   * and what comes after it. `catch-up`: what was missed is run now, one after the other.
   */
  act: z.enum(['pause', 'skip', 'keep', 'start', 'stop', 'resume', 'emergency-stop', 'rerun', 'redrive', 'catch-up']),
  workload: z.optional(z.string()),
  /** A local time, `22:00` or `2026-11-02T22:00`, or ISO 8601 with an offset. */
  until: z.optional(z.string()),
  by: z.string(),
  why: z.string(),
  /** The run of a pipeline: its date, or its local time, `2026-11-03T16:30`. Without it, now, or the newest that fits. */
  run: z.optional(
    z.string().check(z.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/, 'must be 2026-11-03 or 2026-11-03T16:30')),
  ),
  /** To be run again: from this step on. */
  from: z.optional(z.string()),
  /** To be run again: what failed, and what comes after it. */
  only: z.optional(z.literal('failed')),
  /** What was missed and is made up for: all of it, or the latest alone. */
  which: z.optional(z.enum(['latest', 'all'])),
  /** The first date that something may have been missed on; without it, the last 14 days. */
  since: z.optional(z.iso.date()),
  /** For the start of a batch. */
  parameters: z.optional(z.record(z.string(), z.string())),
});

export type Input = z.output<typeof input>;

export const output = z.object({ said: z.string() });

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

/** A person's word. Without a workload it is for the whole stage. */
export const input = z.object({
  /**
   * `pause`: nothing starts until resumed, or until. `skip`: nothing starts today, or until. `keep`: nothing is stopped
   * until. `start`: starts now, and is kept until. `stop`: stops now, and nothing starts until. `resume`: back to the
   * schedule; closes the breaker too. `emergency-stop`: everything that the stage names is stopped, and nothing starts
   * until resumed.
   */
  act: z.enum(['pause', 'skip', 'keep', 'start', 'stop', 'resume', 'emergency-stop']),
  workload: z.optional(z.string()),
  /** A local time, `22:00` or `2026-11-02T22:00`, or ISO 8601 with an offset. */
  until: z.optional(z.string()),
  by: z.string(),
  why: z.string(),
  /** For the start of a batch. */
  parameters: z.optional(z.record(z.string(), z.string())),
});

export type Input = z.output<typeof input>;

export const output = z.object({ said: z.string() });

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

export const input = z.object({
  commandId: z.string(),
  instanceId: z.string(),
  /** When it was sent, and how long it is waited for. */
  since: z.string(),
  withinSeconds: z.number(),
});

export type Input = z.output<typeof input>;

/** What the script on the server said of a restart. */
export const output = z.object({
  /** One of the script's results, or `silent` where none of them was heard. */
  result: z.string(),
  /** Whether the service may answer now; otherwise the process is not what is at fault, or could not be restarted. */
  isWorthAsking: z.boolean(),
  /** How full the disk is, in percent. */
  disk: z.optional(z.number()),
  logs: z.optional(z.string()),
});

export type Output = z.output<typeof output>;

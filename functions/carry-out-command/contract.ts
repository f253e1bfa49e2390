import * as z from 'zod/mini';
import { order } from '../../shared/discord/order.ts';

/** What somebody in Discord wants, from receive-interaction, which has checked who it is and what they may. */
const does = z.discriminatedUnion('what', [
  z.object({ what: z.literal('status'), workload: z.optional(z.string()) }),
  z.object({ what: z.literal('runs'), workload: z.string(), limit: z.number() }),
  /** Asked back where it stops something. */
  z.object({ what: z.literal('order'), order }),
  z.object({ what: z.literal('confirmed'), order }),
  z.object({ what: z.literal('acknowledge'), workload: z.string(), incident: z.string() }),
  z.object({ what: z.literal('approve'), workload: z.string(), run: z.string(), rung: z.string() }),
]);

export const input = z.object({
  /** Where the answer goes; the token is good for 15 minutes, and is a secret. */
  interaction: z.object({ id: z.string(), application: z.string(), token: z.string() }),
  by: z.string(),
  does,
});

export type Input = z.output<typeof input>;
export type Does = z.output<typeof does>;

export const output = z.object({ done: z.boolean() });

export type Output = z.output<typeof output>;

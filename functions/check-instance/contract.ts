import * as z from 'zod/mini';

export const input = z.object({
  instanceId: z.string(),
  /** `any`: only that it exists and can be operated. */
  want: z.enum(['any', 'running', 'stopped']),
  /** Asks for the time that is left until then. */
  deadlineAt: z.optional(z.string()),
  /** `boot`: the job shuts the instance down from inside, which must stop and never terminate it. */
  jobBy: z.optional(z.enum(['ssm', 'boot'])),
});

export type Input = z.output<typeof input>;

export const output = z.object({
  state: z.string(),
  isOn: z.boolean(),
  at: z.string(),
  secondsLeft: z.optional(z.number()),
});

export type Output = z.output<typeof output>;

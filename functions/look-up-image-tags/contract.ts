import * as z from 'zod/mini';

export const input = z.object({
  workload: z.string(),
  /** Of a stack that is up, to compare with: only what differs makes an update worth while. */
  stackId: z.optional(z.string()),
});

export type Input = z.output<typeof input>;

const parameter = z.object({
  ParameterKey: z.string(),
  ParameterValue: z.optional(z.string()),
  UsePreviousValue: z.optional(z.boolean()),
});

export const output = z.object({
  /** All parameters of the stack, as CreateStack and UpdateStack take them. */
  parameters: z.array(parameter),
  /** Parameter → tag, for people. */
  images: z.record(z.string(), z.string()),
  /** Whether an image is another one than the stack has. */
  isNewer: z.boolean(),
});

export type Output = z.output<typeof output>;

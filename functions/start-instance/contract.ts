import * as z from 'zod/mini';

export const input = z.object({ instanceId: z.string(), deadlineAt: z.string() });

export type Input = z.output<typeof input>;

export const output = z.object({ at: z.string() });

export type Output = z.output<typeof output>;

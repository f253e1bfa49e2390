import * as z from 'zod/mini';

/** What a schedule asks for. */
export const input = z.object({ period: z.enum(['daily', 'weekly', 'monthly']), scheduledFor: z.string() });

export type Input = z.output<typeof input>;

export const output = z.object({ id: z.string() });

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';

/** What a server sends, say every minute, with `aws lambda invoke`. */
export const input = z.object({ service: z.string() });

export type Input = z.output<typeof input>;

export const output = z.object({ service: z.string(), at: z.string() });

export type Output = z.output<typeof output>;

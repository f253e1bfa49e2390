import * as z from 'zod/mini';

export const input = z.object({});

export type Input = z.output<typeof input>;

import * as z from 'zod/mini';
import { resolvedSource } from '../../shared/queues/source.ts';

export const input = z.object({
  name: z.string(),
  source: resolvedSource,
  /** Jobs that ended longer ago are removed. */
  olderThanSeconds: z.number().check(z.nonnegative()),
});

export type Input = z.output<typeof input>;

export const output = z.object({
  /** How many were removed. */
  completed: z.number(),
  failed: z.number(),
  /** How much of its memory Redis uses now; missing where it has no limit. */
  memoryPercent: z.optional(z.number()),
  /** Whether there are more: the time was up. */
  more: z.boolean(),
});

export type Output = z.output<typeof output>;

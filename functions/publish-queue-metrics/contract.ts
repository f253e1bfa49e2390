import * as z from 'zod/mini';
import { mark, reading } from '../../shared/queues/reading.ts';
import { resolvedSource } from '../../shared/queues/source.ts';

export const input = z.object({
  /** The queues to read; `mark` is what their last reading left. */
  queues: z.array(z.object({ name: z.string(), source: resolvedSource, mark: z.optional(mark) })),
});

export type Input = z.output<typeof input>;

export const output = z.object({
  /** By name; why one could not be read, in plain words. */
  queues: z.record(z.string(), z.union([z.object({ reading, mark }), z.object({ unreadable: z.string() })])),
});

export type Output = z.output<typeof output>;

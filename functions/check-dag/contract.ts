import * as z from 'zod/mini';
import { ofRun } from '../call-http/contract.ts';
import { output as startedDag } from '../start-dag/contract.ts';

export const input = z.object({
  step: z.string(),
  run: ofRun,
  dag: startedDag,
  /** How long it may take. */
  seconds: z.number(),
});

export type Input = z.output<typeof input>;

export const output = z.object({
  log: z.string(),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
});

export type Output = z.output<typeof output>;

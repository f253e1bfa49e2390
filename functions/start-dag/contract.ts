import * as z from 'zod/mini';
import { ofRun } from '../call-http/contract.ts';

export const input = z.object({
  step: z.string(),
  run: ofRun,
  /** What the states of the step have said so far: which try this is, where there are several. */
  said: z.object({ try: z.optional(z.object({ number: z.string() })) }),
});

export type Input = z.output<typeof input>;

/** The DAG run, by the id that we gave it. */
export const output = z.object({ id: z.string(), startedAt: z.string() });

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';
import { pipelinePlan } from '../admit-run/contract.ts';

export const input = z.object({ step: z.string(), run: pipelinePlan });

export type Input = z.output<typeof input>;

export const output = z.object({
  /** `keep`: nobody asks for it again, what came of it before stays; `pass`: it cannot run. */
  decision: z.enum(['run', 'keep', 'pass']),
  reason: z.optional(z.string()),
  /** How long a try may take. */
  secondsLeft: z.optional(z.number()),
  /** What is to be asked of AWS, where that depends on the run. */
  ask: z.optional(z.record(z.string(), z.unknown())),
});

export type Output = z.output<typeof output>;

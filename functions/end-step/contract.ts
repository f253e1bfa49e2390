import * as z from 'zod/mini';
import { pipelinePlan } from '../admit-run/contract.ts';
import { output as begun } from '../begin-step/contract.ts';
import { caught } from '../settle-run/contract.ts';

export const input = z.object({
  step: z.string(),
  run: pipelinePlan,
  /** What begin-step said, and what came of it: a result, or an error; an error alone where it could say nothing. */
  said: z.union([
    z.looseObject({ ...begun.shape, result: z.optional(z.unknown()), error: z.optional(caught) }),
    caught,
  ]),
});

export type Input = z.output<typeof input>;

export const output = z.object({
  status: z.enum(['succeeded', 'failed', 'timed-out', 'passed-over', 'kept']),
  reason: z.optional(z.string()),
});

export type Output = z.output<typeof output>;

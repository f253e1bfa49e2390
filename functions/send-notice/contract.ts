import * as z from 'zod/mini';
import { batchPlan, environmentPlan } from '../admit-run/contract.ts';
import { caught } from '../settle-run/contract.ts';

/** What a state machine can ask to be said. */
export const input = z.discriminatedUnion('event', [
  z.object({ event: z.literal('run-started'), run: batchPlan, foundOn: z.boolean() }),
  z.object({ event: z.literal('environment-begins'), run: environmentPlan }),
  z.object({
    event: z.literal('not-admitted'),
    request: z.looseObject({ workload: z.string(), scheduledFor: z.optional(z.string()) }),
    act: z.optional(z.enum(['start', 'stop'])),
    error: caught,
  }),
]);

export type Input = z.output<typeof input>;

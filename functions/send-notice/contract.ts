import * as z from 'zod/mini';
import { batchPlan, environmentPlan } from '../admit-run/contract.ts';
import { caught } from '../settle-run/contract.ts';

const emergency = { by: z.string(), why: z.string(), execution: z.string() };

const named = { workload: z.string(), id: z.string() };

/** What a round of the emergency stop made of one thing. */
const stopResult = z.object({
  state: z.enum(['was-off', 'stopped', 'missing', 'going', 'left']),
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['instance', 'stack']), ...named }),
    z.object({ kind: z.literal('workers'), ...named, cluster: z.string(), service: z.string() }),
  ]),
  now: z.optional(z.string()),
  error: z.optional(caught),
  ended: z.optional(
    z.object({
      Status: z.optional(z.string()),
      Output: z.optional(z.string()),
      Error: z.optional(z.string()),
      Cause: z.optional(z.string()),
    }),
  ),
});

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
  z.object({ event: z.literal('emergency-begins'), ...emergency }),
  z.object({
    event: z.literal('emergency-ends'),
    ...emergency,
    round: z.number(),
    gate: z.union([z.object({ closed: z.literal(true) }), caught]),
    machines: z.array(z.object({ state: z.enum(['nothing', 'some', 'unknown']), error: z.optional(caught) })),
    targets: z.array(stopResult),
    history: z.array(z.unknown()),
  }),
]);

export type Input = z.output<typeof input>;

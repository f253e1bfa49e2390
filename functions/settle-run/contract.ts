import * as z from 'zod/mini';
import { output as admission, batchPlan, environmentPlan, pipelinePlan } from '../admit-run/contract.ts';
import { output as commandResult } from '../check-command/contract.ts';
import { output as dataLoss } from '../check-data-loss/contract.ts';
import { output as stack } from '../check-stack/contract.ts';
import { output as images } from '../look-up-image-tags/contract.ts';

/** What the catcher of a state machine keeps of an error. */
export const caught = z.object({ Error: z.string(), Cause: z.optional(z.string()) });

/** The state of the machine of a batch at its end: what Admit gave and what each state added. */
export const batchEnd = z.extend(admission, {
  run: batchPlan,
  /** Set before the instance is started. */
  claim: z.optional(z.object({ ownsInstance: z.boolean() })),
  started: z.optional(z.object({ at: z.string() })),
  result: z.optional(commandResult),
  error: z.optional(caught),
  stopped: z.optional(z.object({ state: z.string(), at: z.string() })),
  stopError: z.optional(caught),
  /** The safety stop could not be taken away: left behind, it would stop a later run. */
  stillArmed: z.optional(caught),
});

export type BatchEnd = z.output<typeof batchEnd>;

/** The same of the machines of an environment. */
export const environmentEnd = z.extend(admission, {
  run: environmentPlan,
  found: z.optional(stack),
  losses: z.optional(dataLoss),
  images: z.optional(images),
  error: z.optional(caught),
});

export type EnvironmentEnd = z.output<typeof environmentEnd>;

/** The same of the machine of a pipeline; what its steps have left is in the table. */
export const pipelineEnd = z.extend(admission, { run: pipelinePlan, error: z.optional(caught) });

export type PipelineEnd = z.output<typeof pipelineEnd>;

export const input = z.union([batchEnd, environmentEnd, pipelineEnd]);

export type Input = z.output<typeof input>;

export const output = z.object({ status: z.string(), reason: z.optional(z.string()) });

export type Output = z.output<typeof output>;

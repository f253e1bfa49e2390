import * as z from 'zod/mini';
import { pipelinePlan } from '../admit-run/contract.ts';

/** A branch that goes on with `step` when `needs`, which are of other branches, have ended. */
export const input = z.object({
  step: z.string(),
  needs: z.array(z.string()),
  run: pipelinePlan,
  /** By which the state that waits is let go on. */
  token: z.string(),
});

export type Input = z.output<typeof input>;

export const output = z.object({ waitsFor: z.array(z.string()) });

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';
import { output as admission } from '../admit-run/contract.ts';
import { output as commandResult } from '../check-command/contract.ts';

/** What the catcher of a state machine keeps of an error. */
export const caught = z.object({ Error: z.string(), Cause: z.optional(z.string()) });

/** The machine's whole state at its end: what Admit gave and what each state added. */
export const input = z.extend(admission, {
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

export type Input = z.output<typeof input>;

export const output = z.object({ status: z.string(), reason: z.optional(z.string()) });

export type Output = z.output<typeof output>;

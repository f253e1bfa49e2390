import { describeCaught } from '../caught.ts';
import type { Rung } from '../stage/compiled.ts';

/** What was done to recover a service, once. */
export interface Step {
  rung: Rung;
  /** When it was begun, ISO 8601. */
  at: string;
  /** Without it, it is going on. */
  seconds?: number;
  /** `helped`, `did not help`, what the script on the server said, or the error by AWS's name. */
  result?: string;
  /** Where the logs of before are: on the machine, or in S3. */
  logs?: string;
}

/** What the states of a recovery leave behind of the step that was chosen last. */
export interface Done {
  choice?: { rung: Rung | 'none'; at: string; needsApproval: boolean; steps: Step[] };
  said?: { result: string; isWorthAsking: boolean; logs?: string };
  verified?: unknown;
  rungError?: { Error: string; Cause?: string };
  startError?: { Error: string; Cause?: string };
}

export const HELPED = 'helped';

/** Everything that was done so far, the last step with what came of it. @param now milliseconds since the epoch */
export function stepsOf({ choice, said, verified, rungError, startError }: Done, now: number): Step[] {
  if (!choice || choice.rung === 'none' || choice.needsApproval) return choice?.steps ?? [];
  const error = startError ?? rungError;
  const inside = said && !said.isWorthAsking ? said.result : undefined;
  const step: Step = {
    ...{ rung: choice.rung, at: choice.at, seconds: Math.round((now - Date.parse(choice.at)) / 1000) },
    result: verified ? HELPED : error ? describeCaught(error) : (inside ?? 'did not help'),
    ...(said?.logs && { logs: said.logs }),
  };
  return [...choice.steps, step];
}

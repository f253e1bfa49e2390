import { type Caught, describeCaught } from '../../shared/caught.ts';
import { because } from '../../shared/recovery/reasons.ts';
import { HELPED, stepsOf } from '../../shared/recovery/steps.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { RecoveryEnd } from './contract.ts';

type Outcome = Pick<Run, 'status'> & { reason: string };

/** How a recovery ended, from what the states left behind. @param now milliseconds since the epoch */
export function judgeRecovery(end: RecoveryEnd, now: number): Partial<Run> & Outcome {
  const steps = stepsOf(end, now);
  const helped = steps.find(({ result }) => result === HELPED);
  const outcome: Outcome = helped
    ? { status: 'succeeded', reason: because('recoveredBy', helped.rung) }
    : withoutHelp(end, steps.length > 0);
  return {
    ...outcome,
    ...(steps.length > 0 && { steps }),
    startedAt: steps[0]?.at ?? end.run.admittedAt,
    endedAt: new Date(now).toISOString(),
  };
}

function withoutHelp(
  { decision, reason, run, asked, choice, error, startError }: RecoveryEnd,
  isBegun: boolean,
): Outcome {
  if (decision !== 'recover') return { status: 'skipped', reason: reason ?? because('unknown') };
  if (startError) return { status: 'failed', reason: because('leftOff', describeCaught(startError)) };
  if (error) return ofError(error, isBegun);
  if (choice?.end === 'well') return { status: 'succeeded', reason: because('recoveredByItself') };
  if (choice?.end) {
    const isSkipped = choice.end === 'held' && !isBegun;
    return { status: isSkipped ? 'skipped' : 'failed', reason: choice.reason ?? because('unknown') };
  }
  const isByItself = run.by === 'checks' && asked !== undefined;
  return isByItself
    ? { status: 'succeeded', reason: because('recoveredByItself') }
    : { status: 'skipped', reason: because('answersAgain') };
}

/** That nobody could say how it is, the checks tell. */
function ofError(error: Caught, isBegun: boolean): Outcome {
  if (error.Error === 'NobodyKnows' && !isBegun) return { status: 'skipped', reason: because('ours') };
  return { status: 'failed', reason: describeCaught(error) };
}

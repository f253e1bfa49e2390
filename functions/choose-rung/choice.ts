import { type Recoverable, RUNGS } from '../../shared/recovery/rungs.ts';
import type { Step } from '../../shared/recovery/steps.ts';
import type { RecoveryPlan } from '../admit-recovery/contract.ts';
import { restartRequest } from './command.ts';
import type { Choice } from './contract.ts';

/** What the states of the machine need to know of the next step. @param now milliseconds since the epoch */
export function choiceOf(
  next: Pick<Choice, 'rung' | 'end' | 'reason' | 'instanceId' | 'askedSince'>,
  steps: Step[],
  run: RecoveryPlan,
  { stage, service }: { stage: string; service: Recoverable },
  now: number,
): Choice {
  const at = new Date(now).toISOString();
  const { rung, instanceId } = next;
  return {
    ...next,
    ...{ needsApproval: next.askedSince !== undefined, at, begun: { at }, startUntil: run.deadlineAt },
    withinSeconds: rung === 'none' ? 0 : RUNGS[rung].withinSeconds,
    ...(rung === 'restart' && { command: restartRequest(stage, run.workload, service.recover, instanceId) }),
    steps,
  };
}

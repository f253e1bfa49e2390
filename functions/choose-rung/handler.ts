import { UnknownWorkload } from '../../shared/errors.ts';
import { publish } from '../../shared/notices/notice.ts';
import { isRecoverable } from '../../shared/recovery/rungs.ts';
import { stepsOf } from '../../shared/recovery/steps.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { setSteps } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { choiceOf } from './choice.ts';
import { type Input, input, type Output } from './contract.ts';
import { real as looks, nextRung } from './next.ts';
import { tell } from './tell.ts';

const real = { ...looks, stage: deployedStage, setSteps, publish };

/** Chooses what is done next about a service that is still down, and writes it down before it is done. */
export async function chooseRung(state: Input, effects = real): Promise<Output> {
  const [stage, { decision, run, asked }] = [effects.stage(), state];
  const service = stage.services[run.workload];
  if (!isRecoverable(service)) throw new UnknownWorkload(`nothing recovers ${run.workload}`);
  const steps = stepsOf(state, effects.now());
  const { changingAddress, ...next } = await nextRung(state, steps, { stage, service }, effects);
  const choice = choiceOf(next, steps, run, { stage: stage.stage, service }, effects.now());
  const { rung, at, needsApproval } = choice;
  await effects.setSteps(run, rung === 'none' || needsApproval ? steps : [...steps, { rung, at }]);
  // Whoever was asked knows.
  const isNews = choice.askedSince === undefined || choice.askedSince !== state.choice?.askedSince;
  if (isNews) await tell(run, choice, changingAddress, stage, effects);
  return { decision, run, ...(asked && { asked }), choice };
}

export const handler = wrap(input, chooseRung);

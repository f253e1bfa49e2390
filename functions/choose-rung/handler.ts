import { UnknownWorkload } from '../../shared/errors.ts';
import { publish } from '../../shared/notices/notice.ts';
import { isRecoverable, RUNGS } from '../../shared/recovery/rungs.ts';
import { stepsOf } from '../../shared/recovery/steps.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { setSteps } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { restartRequest } from './command.ts';
import { type Choice, type Input, input, type Output } from './contract.ts';
import { real as looks, nextRung } from './next.ts';
import { tell } from './tell.ts';

const real = { ...looks, stage: deployedStage, setSteps, publish };

/** Chooses what is done next about a service that is still down, and writes it down before it is done. */
export async function chooseRung(state: Input, effects = real): Promise<Output> {
  const [stage, { decision, run, asked, approval }] = [effects.stage(), state];
  const service = stage.services[run.workload];
  if (!isRecoverable(service)) throw new UnknownWorkload(`nothing recovers ${run.workload}`);
  const steps = stepsOf(state, effects.now());
  const { changingAddress, ...next } = await nextRung(state, steps, { stage, service }, effects);
  const at = new Date(effects.now()).toISOString();
  const { rung } = next;
  const choice: Choice = {
    ...next,
    needsApproval: rung !== 'none' && service.recover.approve.includes(rung) && approval?.rung !== rung,
    ...{
      at,
      begun: { at },
      withinSeconds: rung === 'none' ? 0 : RUNGS[rung].withinSeconds,
      startUntil: run.deadlineAt,
    },
    ...(rung === 'restart' && { command: restartRequest(stage.stage, run.workload, service.recover, next.instanceId) }),
    steps,
  };
  const isDone = rung !== 'none' && !choice.needsApproval;
  await effects.setSteps(run, isDone ? [...steps, { rung, at }] : steps);
  await tell(run, choice, changingAddress, stage, effects);
  return { decision, run, ...(asked && { asked }), choice };
}

export const handler = wrap(input, chooseRung);

import { startExecution } from '../../shared/aws/executions.ts';
import { sendTaskSuccess } from '../../shared/aws/task-tokens.ts';
import { InvalidInput } from '../../shared/errors.ts';
import { isRecoverable } from '../../shared/recovery/rungs.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { newestRuns, setApproved } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { stage: deployedStage, newestRuns, setApproved, startExecution, sendTaskSuccess, now: Date.now };

/** Carries out a person's word on a recovery: begins one, or lets the step be done that waits for it. */
export async function orderRecovery(
  { act, workload, by, why, run, rung: step }: Input,
  effects = real,
): Promise<Output> {
  const { services } = effects.stage();
  const service = Object.hasOwn(services, workload) ? services[workload] : undefined;
  if (!isRecoverable(service)) throw new InvalidInput(`workload: the stage file says nothing to recover ${workload}`);
  console.info(JSON.stringify({ act, workload, by, why }));
  if (act === 'recover') {
    // One for each second: a request that is sent twice is one execution.
    const name = `${workload}-by-hand-${Math.floor(effects.now() / 1000)}`;
    await effects.startExecution('recover', name, { service: workload, by, why });
    return { said: `${workload} is being recovered` };
  }
  const waiting = (await effects.newestRuns(workload)).find(({ status, approval }) => status === 'running' && approval);
  const { key, approval } = waiting ?? {};
  const isMeant = (run ?? key) === key && (step ?? approval?.rung) === approval?.rung;
  if (!waiting || !approval || !isMeant) {
    const what = run === undefined ? `nothing of ${workload} waits` : `${step} in ${run} of ${workload} does not wait`;
    throw new InvalidInput(`workload: ${what} to be approved`);
  }
  const { rung, token } = approval;
  await effects.setApproved(waiting, { by, rung });
  await effects.sendTaskSuccess(token, { by, rung });
  return { said: `${rung} of ${workload} is approved` };
}

export const handler = wrap(input, orderRecovery);

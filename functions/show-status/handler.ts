import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output, type WorkloadStatus } from './contract.ts';
import { askOfStage, ofTheStage, stageAsRead } from './of-stage.ts';
import { askOfWorkload, ofAWorkload, workloadAsRead } from './of-workload.ts';

const real = { ...ofTheStage, ...ofAWorkload, stage: deployedStage, now: Date.now };

/** How everything is now: what is on, what people said, what comes next, what is wrong, what it has cost. */
export async function showStatus({ workload: only }: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const now = effects.now();
  const names = only === undefined ? Object.keys(stage.workloads) : [only];
  const ofStage = await askOfStage(stage.timezone, now, effects);
  const statusOf = async (name: string): Promise<[string, WorkloadStatus]> => {
    const workload = deployedWorkload(name, stage);
    const known = await askOfWorkload(name, workload, now, effects);
    return [name, workloadAsRead(name, workload, stage, known, ofStage, now)];
  };
  return {
    ...stageAsRead(stage, ofStage, now),
    workloads: Object.fromEntries(await Promise.all(names.map(statusOf))),
  };
}

export const handler = wrap(input, showStatus);

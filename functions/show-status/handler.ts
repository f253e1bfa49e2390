import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output, type WorkloadStatus } from './contract.ts';
import { ofAQueue, queuesAsRead } from './of-queue.ts';
import { ofAService, servicesAsRead } from './of-service.ts';
import { askOfStage, ofTheStage, stageAsRead } from './of-stage.ts';
import { askOfWorkload, ofAWorkload, workloadAsRead } from './of-workload.ts';

const real = { ...ofTheStage, ...ofAWorkload, ...ofAService, ...ofAQueue, stage: deployedStage, now: Date.now };

/** How everything is now: what is on, what is up, what people said, what comes next, what is wrong, what it has cost. */
export async function showStatus({ workload: only }: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const now = effects.now();
  const ofStage = await askOfStage(stage.timezone, now, effects);
  const isMeant = (name: string) => only === undefined || only === name;
  const services = Object.keys(stage.services).filter(isMeant);
  const queues = Object.keys(stage.queues).filter(isMeant);
  const isOther = services.length > 0 || queues.length > 0;
  // Named by its refusal where the stage does not have it.
  const workloads = only === undefined || isOther ? Object.keys(stage.workloads).filter(isMeant) : [only];
  const statusOf = async (name: string): Promise<[string, WorkloadStatus]> => {
    const workload = deployedWorkload(name, stage);
    const known = await askOfWorkload(name, workload, now, effects);
    return [name, workloadAsRead(name, workload, stage, known, ofStage, now)];
  };
  return {
    ...stageAsRead(stage, ofStage, now),
    workloads: Object.fromEntries(await Promise.all(workloads.map(statusOf))),
    services: Object.fromEntries(await servicesAsRead(services, stage, ofStage, now, effects)),
    queues: Object.fromEntries(await queuesAsRead(queues, stage, ofStage, now, effects)),
  };
}

export const handler = wrap(input, showStatus);

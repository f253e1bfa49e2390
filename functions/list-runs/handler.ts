import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { newestRuns, type Run } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

/** The newest runs of a workload, or recoveries of a service, newest first, as they were recorded: when, how long, how it ended, where the log is. */
export async function listRuns(
  { workload, limit }: Input,
  effects = { newestRuns, stage: deployedStage },
): Promise<{ runs: Omit<Run, 'approval'>[] }> {
  const stage = effects.stage();
  if (!Object.hasOwn(stage.services, workload)) deployedWorkload(workload, stage);
  const runs = await effects.newestRuns(workload, limit);
  // Whoever has the token of a step can approve it.
  return { runs: runs.map(({ approval: _, ...run }) => run) };
}

export const handler = wrap(input, listRuns);

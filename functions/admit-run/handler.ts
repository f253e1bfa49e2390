import { deployedWorkload } from '../../shared/stage/deployed.ts';
import { claimRun } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { admitPipeline } from './admit-pipeline.ts';
import { againstStart, againstStop, real as looks } from './against.ts';
import { type Input, input, type Output } from './contract.ts';
import { planRun, recordOf } from './plan.ts';

const real = { ...looks, claimRun };

/** Decides whether a run may go on: once for each (workload, time), and only when nothing and nobody is against it. */
export async function admitRun(event: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const workload = deployedWorkload(event.request.workload, stage);
  if (workload.kind === 'pipeline') return admitPipeline(workload, event);
  const run = planRun(stage, workload, event);
  if ((await effects.claimRun(recordOf(run))) === 'duplicate') return { decision: 'duplicate', run };

  const isStop = run.kind === 'environment' && run.act === 'stop';
  const against = await (isStop ? againstStop(run, effects) : againstStart(run, effects));
  return { ...(against ?? { decision: 'run' }), run };
}

export const handler = wrap(input, admitRun);

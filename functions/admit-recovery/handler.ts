import { isRecoverable } from '../../shared/recovery/rungs.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { claimRun } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { against, real as looks } from './against.ts';
import { type Input, input, type Output } from './contract.ts';
import { planRecovery, recordOf } from './plan.ts';

const real = { ...looks, claimRun, stage: deployedStage };

/** Decides whether a service may be recovered: once for each time that it went down, and only when nothing is against it. */
export async function admitRecovery(event: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const run = planRecovery(stage, event);
  const service = run && stage.services[run.workload];
  if (!run || !isRecoverable(service)) return { decision: 'nothing' };
  if ((await effects.claimRun(recordOf(run))) === 'duplicate') return { decision: 'duplicate', run };
  return { ...((await against(run, service, stage, effects)) ?? { decision: 'recover' }), run };
}

export const handler = wrap(input, admitRecovery);

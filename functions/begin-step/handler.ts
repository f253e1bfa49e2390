import { askOf } from '../../shared/pipeline/ask.ts';
import { deployedPipeline, deployedStage } from '../../shared/stage/deployed.ts';
import { isEmergency } from '../../shared/state/overrides.ts';
import { getRun } from '../../shared/state/runs.ts';
import { beginStep as record, stepsOf } from '../../shared/state/steps.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { decide } from './decide.ts';

const real = { stage: deployedStage, getRun, stepsOf, isEmergency, record, now: Date.now };

/** Decides whether a step of a run is to run now, and what is asked of AWS then. Asked again, it says the same. */
export async function beginStep({ step, run }: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const { workload, key, generation } = run;
  const { steps } = deployedPipeline(workload, stage);
  const [known, records, isStopped] = await Promise.all([
    effects.getRun(workload, key),
    effects.stepsOf(workload, key, [step, ...(steps[step]?.needs ?? [])]),
    effects.isEmergency(),
  ]);
  const decided = decide(step, run, { steps, known, records, isStopped, now: effects.now() });
  if (decided.decision !== 'run') return decided;
  await effects.record({ workload, key, step }, generation, new Date(effects.now()).toISOString());
  return { ...decided, ask: { ...askOf(stage, run, step) } };
}

export const handler = wrap(input, beginStep);

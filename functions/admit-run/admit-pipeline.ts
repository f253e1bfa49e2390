import { because } from '../../shared/pipeline/reasons.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import { claimAgain, putBack, setBegun } from '../../shared/state/reruns.ts';
import { getRun, type Run } from '../../shared/state/runs.ts';
import { againstStart, real as looks } from './against.ts';
import type { Input, Output, PipelinePlan } from './contract.ts';
import { nameOf, recordOf } from './plan.ts';
import { type Begun, mayWait, planPipeline } from './plan-pipeline.ts';

export const real = { ...looks, getRun, claimAgain, putBack, setBegun };

/**
 * Decides whether a run of a pipeline may go on. One that is asked for again is the same run in another generation; if
 * something is against that, its record stays what it was.
 */
export async function admitPipeline(workload: PipelineWorkload, event: Input, effects = real): Promise<Output> {
  const name = nameOf(event, workload.timezone);
  const known = await effects.getRun(name.workload, name.key);
  const isAsked = known?.execution === event.execution;
  if (known && !isAsked && !event.request.again) return duplicate(planPipeline(workload, event, name));
  const generation = generationOf(known, isAsked);
  const plan = (begun: Begun) => planPipeline(workload, event, name, begun);
  const run = plan({ generation });
  const record = recordOf(run);
  if ((await effects.claimAgain(record, known)) === 'duplicate') return duplicate(run);

  const against = await againstStart(run, effects);
  if (against && known && !isAsked && against.decision === 'skip') await effects.putBack(known, record);
  if (against) return { ...against, run };
  if (!mayWait(name, workload)) return { decision: 'run', run };
  const begun = plan({ generation, at: new Date(effects.now()).toISOString() });
  await effects.setBegun(begun);
  return { decision: 'run', run: begun };
}

/** What has run already is left, but not those that come after it in a row of runs to be made up for. */
function duplicate(run: PipelinePlan): Output {
  return run.next ? { decision: 'skip', reason: because('hasEnded'), run } : { decision: 'duplicate', run };
}

/** What this execution is of the run; one that asks again is what it was. */
function generationOf(known: Run | undefined, isAsked: boolean): number {
  const before = known?.generation ?? (known ? 1 : 0);
  return isAsked ? before : before + 1;
}

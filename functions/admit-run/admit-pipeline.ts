import { because } from '../../shared/pipeline/reasons.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import { claimAgain, putBack, setBegun } from '../../shared/state/reruns.ts';
import { getRun, type Run, runsBetween } from '../../shared/state/runs.ts';
import { type Against, againstStart, real as looks } from './against.ts';
import type { Input, Output, PipelinePlan } from './contract.ts';
import { nameOf, recordOf } from './plan.ts';
import { type Begun, mayWait, planPipeline } from './plan-pipeline.ts';

export const real = { ...looks, getRun, runsBetween, claimAgain, putBack, setBegun };

/** Among so many runs before it is one that waits, too: they wait for no longer than a run may take. */
const NEAREST = 20;

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
  const mayHaveToWait = mayWait(name, workload);
  const record = mayHaveToWait ? unbegun(run) : recordOf(run);
  if ((await effects.claimAgain(record, known)) === 'duplicate') {
    // What it comes after has succeeded once more while its own run of that date goes on: it is run again after that.
    if (mayHaveToWait && known?.status === 'running' && !isAsked) return { ...patiently(run, known, effects), run };
    return duplicate(run);
  }

  const hasBegun = isAsked && known?.startedAt !== undefined;
  const earlier = mayHaveToWait && !hasBegun ? await earlierOne(run, effects) : undefined;
  const against = earlier ? patiently(run, earlier, effects) : await againstStart(run, effects);
  if (against && known && !isAsked && against.decision === 'skip') await effects.putBack(known, record);
  if (against) return { ...against, run };
  if (!mayHaveToWait) return { decision: 'run', run };
  const begun = plan({ generation, at: new Date(effects.now()).toISOString() });
  await effects.setBegun(begun);
  return { decision: 'run', run: begun };
}

/** While it waits it has not begun, and so takes no time. */
function unbegun(run: PipelinePlan): Run {
  const { startedAt: _, ...record } = recordOf(run);
  return record;
}

/** Several of them may wait, when days are made up for: they begin in the order of their dates, whichever asks first. */
async function earlierOne({ workload, key }: PipelinePlan, effects: typeof real): Promise<Run | undefined> {
  const before = await effects.runsBetween(workload, { before: key, limit: NEAREST });
  return before.find(({ status }) => status === 'running');
}

function patiently(run: PipelinePlan, other: Run, effects: typeof real): Against {
  const decision = effects.now() < Date.parse(run.waitUntil) ? 'wait' : 'skip';
  return { decision, reason: because('busy', other.key) };
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

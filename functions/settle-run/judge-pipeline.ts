import { describeCaught } from '../../shared/caught.ts';
import { askedFor } from '../../shared/pipeline/again.ts';
import type { StepEnded } from '../../shared/pipeline/ended.ts';
import { endedOf } from '../../shared/pipeline/ended-of.ts';
import { judgeDuration } from '../../shared/pipeline/expect.ts';
import { because } from '../../shared/pipeline/reasons.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { StepRecord } from '../../shared/state/steps.ts';
import type { PipelineEnd } from './contract.ts';
import { TIME_UP } from './judge-batch.ts';

type Ending = Partial<Run> & Pick<Run, 'status'>;

/**
 * How a run of a pipeline ended: by its steps, as far as they were asked for, and by the time that it took.
 *
 * @param records what its steps have left
 * @param now milliseconds since the epoch
 */
export function judgePipeline(
  { decision, reason, run, error }: PipelineEnd,
  { steps, duration }: Pick<PipelineWorkload, 'steps' | 'duration'>,
  records: StepRecord[],
  now: number,
): Ending {
  const endedAt = new Date(now).toISOString();
  // A run that waited in vain for another comes here with the decision to wait.
  if (decision !== 'run') return { status: 'skipped', reason: reason ?? because('unknown'), endedAt };
  const ended = endedOf(steps, records, run.generation);
  const known = { startedAt: run.startedAt, endedAt, ended };
  if (error) return { ...known, status: ofError(error), reason: describeCaught(error) };
  const wrong = ended.filter(({ name, status }) => status !== 'succeeded' && isAsked(name, run, steps));
  if (wrong.length > 0) return { ...known, ...ofSteps(wrong) };
  const { failures, warnings } = judgeDuration(duration, (now - Date.parse(run.startedAt)) / 1000);
  if (failures.length > 0) return { ...known, status: 'failed', reason: failures.join('; ') };
  return { ...known, status: 'succeeded', ...(warnings.length > 0 && { warnings }) };
}

/** What a step that nobody asked for again was before, is no matter of this execution. */
function isAsked(name: string, { again }: PipelineEnd['run'], steps: PipelineWorkload['steps']): boolean {
  return askedFor(name, again, steps) === 'run';
}

function ofError({ Error: name }: { Error: string }): Ending['status'] {
  return TIME_UP.includes(name) ? 'timed-out' : 'failed';
}

/** What failed is the cause; steps are passed over for no other when the time of the run was up. */
function ofSteps(wrong: StepEnded[]): Ending {
  const causes = wrong.filter(({ status }) => status !== 'passed-over');
  const [first] = wrong;
  if (causes.length === 0 && first) {
    const status = first.reason === because('runTimeUp') ? 'timed-out' : 'failed';
    return { status, reason: first.reason ?? because('unknown') };
  }
  const names = causes.map(({ name }) => name).join(', ');
  const hasFailed = causes.some(({ status }) => status === 'failed');
  return { status: hasFailed ? 'failed' : 'timed-out', reason: because('stepsFailed', names) };
}

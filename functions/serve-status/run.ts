import { EMERGENCY } from '../../shared/emergency.ts';
import { secondsOf } from '../../shared/pipeline/ended.ts';
import { because } from '../../shared/reasons.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { RunAnswer } from '../../shared/status/answers.ts';
import { whyOfRun } from './code.ts';
import { utc } from './utc.ts';

/** A run as the page shows it: nothing in it says who it was. */
export function runAnswer(run: Run, { workloads }: Pick<CompiledStage, 'workloads'>): RunAnswer {
  const { workload: name, kind, act, key, status, startedAt, endedAt, ended } = run;
  const seconds = status === 'skipped' ? undefined : secondsOf(run);
  const why = whyOfRun(status, run.reason);
  return {
    ...{ name, kind, key, status, by: byOf(run.by, workloads) },
    ...(act && { act }),
    ...(startedAt && { startedAt: utc(startedAt) }),
    ...(endedAt && { endedAt: utc(endedAt) }),
    ...(seconds !== undefined && { seconds: Math.round(seconds) }),
    ...(why && { why }),
    ...(ended && { steps: ended.map(stepAnswer) }),
  };
}

/** Whether it was a stop that found nothing to stop: as each day of a weekend has one. */
export function isVain({ act, status, reason }: Run): boolean {
  return act === 'stop' && status === 'succeeded' && reason === because('alreadyGone');
}

/** Whether it did not end as it should; what a person has cut off has. */
export function isFailure({ status, reason }: Pick<Run, 'status' | 'reason'>): boolean {
  const hasFailed = status === 'failed' || status === 'timed-out' || status === 'aborted';
  return hasFailed && whyOfRun(status, reason)?.code !== 'stopped';
}

function stepAnswer({ name, status, seconds }: NonNullable<Run['ended']>[number]) {
  return { name, status, ...(seconds !== undefined && { seconds: Math.round(seconds) }) };
}

function byOf(by: string, workloads: CompiledStage['workloads']): RunAnswer['by'] {
  if (by === 'schedule' || by === 'sweeper') return by;
  if (by === EMERGENCY) return 'emergency';
  return Object.hasOwn(workloads, by) ? 'pipeline' : 'person';
}

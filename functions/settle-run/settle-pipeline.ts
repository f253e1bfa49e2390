import { pipelineEndedNotice } from '../../shared/notices/pipeline.ts';
import { closeRun, real as ofClosing } from '../../shared/pipeline/close-run.ts';
import { isPipeline } from '../../shared/stage/kinds.ts';
import { closeBreaker, countFailure } from '../../shared/state/breaker.ts';
import { endRun, getRun, type Run } from '../../shared/state/runs.ts';
import { stepsOf } from '../../shared/state/steps.ts';
import { recordOf } from '../admit-run/plan.ts';
import type { Output, PipelineEnd } from './contract.ts';
import { judgePipeline } from './judge-pipeline.ts';

export const real = {
  ...ofClosing,
  ...{ closeBreaker, countFailure, endRun, getRun, stepsOf },
  now: Date.now,
};

/** Ends a run of a pipeline, and begins what follows it. */
export async function settlePipeline(event: PipelineEnd, effects = real): Promise<Output> {
  const [stage, now] = [effects.stage(), effects.now()];
  const { run, decision } = event;
  const known = await effects.getRun(run.workload, run.key);
  if (known?.execution !== run.execution) return settleRefused(event, known, effects);
  const workload = stage.workloads[run.workload];
  const { steps, duration, breakerFailures } = isPipeline(workload)
    ? workload
    : { steps: {}, duration: {}, breakerFailures: undefined };
  const names = decision === 'run' ? Object.keys(steps) : [];
  const records = names.length > 0 ? await effects.stepsOf(run.workload, run.key, names) : [];
  const ending = judgePipeline(event, { steps, duration }, records, now);
  const failed = ending.status === 'failed' || ending.status === 'timed-out';
  const failuresInRow = failed ? await effects.countFailure(run.workload, run.key) : undefined;
  await effects.endRun(run, { ...ending, failuresInRow, breakerFailures });

  const ended = await effects.getRun(run.workload, run.key);
  if (ended?.todo !== 'say') return { status: ended?.status ?? ending.status, reason: ended?.reason };
  if (ended.status === 'succeeded') await effects.closeBreaker(run.workload);
  await closeRun(ended, now, effects);
  return { status: ended.status, reason: ended.reason };
}

/** A run that was to begin again and may not stays what it was; whoever asked for it is told, and it is not in the way. */
async function settleRefused(
  { run, decision, reason }: PipelineEnd,
  known: Run | undefined,
  effects: typeof real,
): Promise<Output> {
  if (decision === 'run') return { status: known?.status ?? 'unknown', reason: known?.reason };
  const now = effects.now();
  const endedAt = new Date(now).toISOString();
  const refused: Run = { ...recordOf(run), status: 'skipped', endedAt, ...(reason && { reason }) };
  const notice = pipelineEndedNotice(refused, effects.stage(), now);
  if (notice) await effects.publish(notice);
  if (known?.status !== 'running') await effects.releaseLease(run);
  await effects.goOnCatchingUp(run);
  return { status: 'skipped', reason };
}

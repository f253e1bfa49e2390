import { publish } from '../../shared/notices/notice.ts';
import { endedNotice } from '../../shared/notices/run.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { closeBreaker, countFailure } from '../../shared/state/breaker.ts';
import { releaseLease } from '../../shared/state/lease.ts';
import { endRun, getRun, leavesUp, setTodo } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { type BatchEnd, type EnvironmentEnd, type Input, input, type Output, type PipelineEnd } from './contract.ts';
import { judgeBatch } from './judge-batch.ts';
import { judgeEnvironment } from './judge-environment.ts';
import { settlePipeline } from './settle-pipeline.ts';

const real = {
  ...{ stage: deployedStage, closeBreaker, countFailure, endRun, getRun, publish, releaseLease, setTodo },
  now: Date.now,
};

/** Ends a run: records it, says it, gives the lease back. Asked again, it says the same and does nothing twice. */
export async function settleRun(event: Input, effects = real): Promise<Output> {
  if (isPipeline(event)) return settlePipeline(event);
  const { run } = event;
  const stage = effects.stage();
  const breakerFailures = stage.workloads[run.workload]?.breakerFailures;
  const ending = isBatch(event) ? judgeBatch(event, effects.now()) : judgeEnvironment(event, effects.now());
  // A stop that fails is made again until it works: it says nothing about whether a start would.
  const counts = run.kind === 'batch' || run.act === 'start';
  const failed = counts && (ending.status === 'failed' || ending.status === 'timed-out');
  const failuresInRow = failed ? await effects.countFailure(run.workload, run.key) : undefined;
  await effects.endRun(run, { ...ending, failuresInRow, breakerFailures });

  const ended = await effects.getRun(run.workload, run.key);
  if (ended?.todo !== 'say') return { status: ended?.status ?? ending.status, reason: ended?.reason };
  if (counts && ended.status === 'succeeded') await effects.closeBreaker(run.workload);
  const notice = endedNotice(ended, stage);
  if (notice) await effects.publish(notice);
  const mayLetGo = isOff(event);
  // Not seen stopped and disarmed: the sweeper goes on, and the lease keeps a next run from starting beside it.
  if (mayLetGo) await effects.releaseLease(run);
  if (leavesUp(ended)) await effects.setTodo(run, 'stop', ended.endedAt);
  else await effects.setTodo(run, mayLetGo ? undefined : 'stop');
  return { status: ended.status, reason: ended.reason };
}

function isPipeline(event: Input): event is PipelineEnd {
  return event.run.kind === 'pipeline';
}

function isBatch(event: BatchEnd | EnvironmentEnd): event is BatchEnd {
  return event.run.kind === 'batch';
}

/** Whether the instance of a batch is not this run's, or is seen stopped and its safety stop is gone. */
function isOff(event: BatchEnd | EnvironmentEnd): boolean {
  if (!isBatch(event)) return true;
  return !event.claim?.ownsInstance || (event.stopped !== undefined && !event.stillArmed);
}

export const handler = wrap(input, settleRun);

import { publish } from '../../shared/notices.ts';
import { endedNotice } from '../../shared/run-notices.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { closeBreaker, countFailure } from '../../shared/state/breaker.ts';
import { releaseLease } from '../../shared/state/lease.ts';
import { endRun, getRun, setTodo } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { judge } from './judge.ts';

const real = {
  stage: deployedStage,
  closeBreaker,
  countFailure,
  endRun,
  getRun,
  publish,
  releaseLease,
  setTodo,
  now: Date.now,
};

/** Ends a run: records it, says it, gives the lease back. Asked again, it says the same and does nothing twice. */
export async function settleRun(event: Input, effects = real): Promise<Output> {
  const { run } = event;
  const stage = effects.stage();
  const breakerFailures = stage.workloads[run.workload]?.breakerFailures;
  const ending = judge(event, effects.now());
  const failed = ending.status === 'failed' || ending.status === 'timed-out';
  const failuresInRow = failed ? await effects.countFailure(run.workload, run.key) : undefined;
  await effects.endRun(run, { ...ending, failuresInRow, breakerFailures });

  const ended = await effects.getRun(run.workload, run.key);
  if (ended?.todo !== 'say') return { status: ended?.status ?? ending.status, reason: ended?.reason };
  if (ended.status === 'succeeded') await effects.closeBreaker(run.workload);
  const notice = endedNotice(ended, stage);
  if (notice) await effects.publish(notice);
  const isDone = !event.claim?.ownsInstance || (event.stopped && !event.stillArmed);
  // Not seen stopped and disarmed: the sweeper goes on, and the lease keeps a next run from starting beside it.
  if (isDone) await effects.releaseLease(run);
  await effects.setTodo(run, isDone ? undefined : 'stop');
  return { status: ended.status, reason: ended.reason };
}

export const handler = wrap(input, settleRun);

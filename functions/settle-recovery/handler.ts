import { describeCaught } from '../../shared/caught.ts';
import { publish } from '../../shared/notices/notice.ts';
import { notRecoveredNotice } from '../../shared/notices/recovery.ts';
import { leftOff, recoveryEndedNotice } from '../../shared/notices/recovery-ended.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { releaseLease } from '../../shared/state/lease.ts';
import { endRun, getRun, setTodo } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { judgeRecovery } from './judge.ts';
import { serviceOf } from './service-of.ts';

const real = { stage: deployedStage, endRun, getRun, setTodo, releaseLease, publish, now: Date.now };

/** Ends a recovery: records it, says it, gives the lease back. Asked again, it says the same and does nothing twice. */
export async function settleRecovery(event: Input, effects = real): Promise<Output> {
  const [stage, now] = [effects.stage(), effects.now()];
  if (!('run' in event)) {
    const [service, why] = [serviceOf(event.request, stage.stage), describeCaught(event.error)];
    await effects.publish(notRecoveredNotice(service, event.execution.split(':').at(-1) ?? '', why, stage, now));
    return { status: 'not-admitted', reason: why };
  }
  const { run } = event;
  const ending = judgeRecovery(event, now);
  await effects.endRun(run, ending);
  const ended = await effects.getRun(run.workload, run.key);
  if (ended?.todo !== 'say') return { status: ended?.status ?? ending.status, reason: ended?.reason };
  const notice = recoveryEndedNotice(ended, stage, now);
  if (notice) await effects.publish(notice);
  await effects.releaseLease(run.lease);
  // What it left off is started by the sweeper.
  await effects.setTodo(run, leftOff(ended, stage) ? 'start' : undefined, leftOff(ended, stage) && ended.endedAt);
  return { status: ended.status, reason: ended.reason };
}

export const handler = wrap(input, settleRecovery);

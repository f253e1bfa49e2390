import { publish } from '../notices/notice.ts';
import { pipelineEndedNotice } from '../notices/pipeline.ts';
import { deployedStage } from '../stage/deployed.ts';
import { releaseLease } from '../state/lease.ts';
import { type Run, setTodo } from '../state/runs.ts';
import { goOn, goOnCatchingUp } from './chain.ts';

export const real = { stage: deployedStage, publish, releaseLease, setTodo, goOn, goOnCatchingUp };

/**
 * All that is left to do for a run that has ended: what follows it, and what people are told. Done again, nothing of it
 * happens twice.
 *
 * @param now milliseconds since the epoch
 */
export async function closeRun(run: Run, now: number, effects = real): Promise<void> {
  // What follows begins at once: people can wait for their news a moment longer. That it does not is said after why.
  if (run.status === 'succeeded') await effects.goOn(run, now);
  const notice = pipelineEndedNotice(run, effects.stage(), now);
  if (notice) await effects.publish(notice);
  if (run.status !== 'succeeded') await effects.goOn(run, now);
  await effects.releaseLease(run);
  await effects.goOnCatchingUp(run);
  await effects.setTodo(run, undefined);
}

import { publish } from '../notices/notice.ts';
import { slowNotice } from '../notices/pipeline-late.ts';
import { deployedStage } from '../stage/deployed.ts';
import { isPipeline } from '../stage/kinds.ts';
import { setSlowSaid } from '../state/reruns.ts';
import type { Run } from '../state/runs.ts';
import { stepsOf } from '../state/steps.ts';

export const real = { stage: deployedStage, stepsOf, publish, setSlowSaid };

/**
 * Says once that a run which is going on takes longer than it should, and what it is at.
 *
 * @param now milliseconds since the epoch
 * @returns whether this call said it
 */
export async function saySlow(run: Run, now: number, effects = real): Promise<boolean> {
  const stage = effects.stage();
  const workload = stage.workloads[run.workload];
  if (!isPipeline(workload)) return false;
  const { steps, duration } = workload;
  // One that waits for another has not begun.
  if (duration.warnSeconds === undefined || !run.startedAt || run.slowSaidAt) return false;
  if (now < Date.parse(run.startedAt) + duration.warnSeconds * 1000) return false;
  const records = await effects.stepsOf(run.workload, run.key, Object.keys(steps));
  const running = Object.keys(steps).filter((name) =>
    records.some(
      ({ step, status, generation }) => step === name && status === 'running' && generation === run.generation,
    ),
  );
  await effects.publish(slowNotice(run, running, stage, now));
  // Written after: what could not be said is said by the sweeper.
  await effects.setSlowSaid(run, new Date(now).toISOString());
  return true;
}

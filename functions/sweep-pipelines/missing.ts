import { startPipeline } from '../../shared/aws/executions.ts';
import { publish } from '../../shared/notices/notice.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { pipelines } from '../../shared/stage/kinds.ts';
import { getRun } from '../../shared/state/runs.ts';
import { seenSince, setWatchedUntil, watchedUntil } from '../../shared/state/watch.ts';
import { plannedBetween } from '../../shared/time/planned.ts';
import type { Slot } from '../../shared/time/slots.ts';
import { startMissed } from './missed.ts';

const MARK = 'watch-pipelines';

export const real = { stage: deployedStage, watchedUntil, setWatchedUntil, seenSince, getRun, startPipeline, publish };

/**
 * Starts the runs that were due and have no record; watch-pipeline, which does that too, is itself started by a schedule.
 * What was due before a pipeline was first deployed was not missed.
 *
 * @param now milliseconds since the epoch
 * @returns the runs that it started, or will one after the other, as `workload key`.
 */
export async function startMissing(now: number, effects = real): Promise<string[]> {
  const stage = effects.stage();
  const since = await effects.watchedUntil(MARK);
  const seen = await effects.seenSince(Object.keys(stage.workloads), now);
  const started: string[] = [];
  let isAnyDue = since === undefined;
  for (const [name, workload] of since === undefined ? [] : pipelines(stage)) {
    const grace = workload.begunWithinSeconds * 1000;
    const dueAt = ({ at, inGap }: Slot) => (inGap ? at : at + grace);
    const due = plannedBetween(workload, stage.calendar, (since ?? now) - grace, now + 1).filter(
      (slot) => dueAt(slot) > (since ?? now) && dueAt(slot) <= now && slot.at >= (seen[name] ?? now),
    );
    const slots: Slot[] = [];
    for (const slot of due) if (!(await effects.getRun(name, slot.key))) slots.push(slot);
    const keys = await startMissed(name, workload, slots, { stage, since: since ?? now, now }, effects);
    started.push(...keys.map((key) => `${name} ${key}`));
    isAnyDue ||= due.length > 0;
  }
  // Written last, and only when it matters: a sweep that died half way is repeated by the next one.
  if (isAnyDue) await effects.setWatchedUntil(now, MARK);
  return started;
}

import { lostStartNotice } from '../../shared/notices/lost.ts';
import { missedNotice, notBegunNotice } from '../../shared/notices/pipeline-late.ts';
import { catchUp } from '../../shared/pipeline/catch-up.ts';
import { sweptName } from '../../shared/pipeline/execution-names.ts';
import type { CompiledStage, PipelineWorkload } from '../../shared/stage/compiled.ts';
import { daySkipped } from '../../shared/time/planned.ts';
import type { Slot } from '../../shared/time/slots.ts';
import type { real } from './missing.ts';

/**
 * Begins runs of a pipeline that were due and have no record. Those that are so late that nothing may begin by itself any
 * more were missed: people are told, and what the stage file wants is made up for, one run after the other.
 *
 * @param slots without a record, earliest first
 * @param since what is known to have been looked at: with the same, runs are made up for once
 * @returns the keys of the runs that it started, or will
 */
export async function startMissed(
  name: string,
  workload: PipelineWorkload,
  slots: readonly Slot[],
  { stage, since, now }: { stage: CompiledStage; since: number; now: number },
  effects: Pick<typeof real, 'startPipeline' | 'publish'>,
): Promise<string[]> {
  const due = slots.filter(({ key }) => !daySkipped(workload, 'run', key, stage.calendar));
  const isLate = ({ at }: Slot) => now - at > workload.startWithinSeconds * 1000;
  const missed = due.filter(isLate);
  const begun = due.filter((slot) => !isLate(slot));
  for (const slot of begun) {
    const { key, at, inGap } = slot;
    const request = { workload: name, scheduledFor: new Date(at).toISOString(), key, by: 'sweeper' };
    await effects.startPipeline(name, sweptName(name, slot), request);
    const notice = inGap
      ? lostStartNotice(name, slot, stage, now)
      : notBegunNotice({ workload: name, key, at }, stage, now);
    await effects.publish(notice);
  }
  const madeUp = workload.catchUp === 'all' ? missed : workload.catchUp === 'latest' ? missed.slice(-1) : [];
  const keys = await catchUp(name, madeUp, { by: 'catch-up', id: String(since) }, effects);
  const all = missed.map(({ key }) => key);
  if (all.length > 0) await effects.publish(missedNotice(name, all, keys, stage, now));
  return [...begun.map(({ key }) => key), ...keys];
}

import { startExecution, startPipeline } from '../../shared/aws/executions.ts';
import { lostStartNotice } from '../../shared/notices/lost.ts';
import { publish } from '../../shared/notices/notice.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { isPipeline, pipelines } from '../../shared/stage/kinds.ts';
import { getRun } from '../../shared/state/runs.ts';
import { setWatchedUntil, watchedUntil } from '../../shared/state/watch.ts';
import { type Planned, plannedBetween } from '../../shared/time/planned.ts';
import type { Slot } from '../../shared/time/slots.ts';
import { startMissed } from './missed.ts';

/** How long EventBridge Scheduler may take before a start counts as lost. */
const GRACE_MS = 5 * 60_000;

export const real = {
  stage: deployedStage,
  watchedUntil,
  setWatchedUntil,
  getRun,
  startExecution,
  startPipeline,
  publish,
};

/**
 * Starts what should have started by itself and did not: a time inside a spring gap at once (EventBridge skips it
 * silently), any other after a grace. Whether it may run is still Admit's to decide. Stops are the matter of
 * unstopped.ts: one that was lost is not let go.
 *
 * @param now milliseconds since the epoch
 * @returns the runs that it started, as `workload key`.
 */
export async function startMissing(now: number, effects = real): Promise<string[]> {
  const since = await effects.watchedUntil();
  const started: string[] = [];
  const due = since === undefined ? [] : dueSlots(since, now, effects);
  for (const { workload, slot } of due) {
    if (slot.act === 'stop' || isPipeline(effects.stage().workloads[workload])) continue;
    if (await effects.getRun(workload, slot.key)) continue;
    await effects.startExecution(slot.act, `${workload}-${slot.key.replace(/\D/g, '')}-swept`, {
      workload,
      scheduledFor: new Date(slot.at).toISOString(),
      key: slot.key,
      by: 'sweeper',
    });
    await effects.publish(lostStartNotice(workload, slot, effects.stage(), now));
    started.push(`${workload} ${slot.key}`);
  }
  if (since !== undefined) started.push(...(await startMissingPipelines(due, { since, now }, effects)));
  // Written last, and only when it matters: a sweep that died half way is repeated by the next one.
  if (since === undefined || due.length > 0) await effects.setWatchedUntil(now);
  return started;
}

async function startMissingPipelines(
  due: { workload: string; slot: Slot }[],
  { since, now }: { since: number; now: number },
  effects: typeof real,
): Promise<string[]> {
  const stage = effects.stage();
  const started: string[] = [];
  for (const [name, workload] of pipelines(stage)) {
    const slots: Slot[] = [];
    for (const { slot } of due.filter((one) => one.workload === name))
      if (!(await effects.getRun(name, slot.key))) slots.push(slot);
    const keys = await startMissed(name, workload, slots, { stage, since, now }, effects);
    started.push(...keys.map((key) => `${name} ${key}`));
  }
  return started;
}

function dueSlots(since: number, now: number, effects: typeof real): { workload: string; slot: Planned }[] {
  const { workloads, calendar } = effects.stage();
  const dueAt = (slot: Slot) => (slot.inGap ? slot.at : slot.at + GRACE_MS);
  return Object.entries(workloads).flatMap(([workload, schedule]) =>
    plannedBetween(schedule, calendar, since - GRACE_MS, now + 1)
      .filter((slot) => dueAt(slot) > since && dueAt(slot) <= now)
      .map((slot) => ({ workload, slot })),
  );
}

import { startExecution } from '../../shared/aws/executions.ts';
import { lostStartNotice } from '../../shared/notices/lost.ts';
import { publish } from '../../shared/notices/notice.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { getRun } from '../../shared/state/runs.ts';
import { setWatchedUntil, watchedUntil } from '../../shared/state/watch.ts';
import { type Planned, plannedBetween } from '../../shared/time/planned.ts';
import type { Slot } from '../../shared/time/slots.ts';

/** How long EventBridge Scheduler may take before a start counts as lost. */
const GRACE_MS = 5 * 60_000;

export const real = { stage: deployedStage, watchedUntil, setWatchedUntil, getRun, startExecution, publish };

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
    if (slot.act === 'stop' || (await effects.getRun(workload, slot.key))) continue;
    await effects.startExecution(slot.act, `${workload}-${slot.key.replace(/\D/g, '')}-swept`, {
      workload,
      scheduledFor: new Date(slot.at).toISOString(),
      key: slot.key,
      by: 'sweeper',
    });
    await effects.publish(lostStartNotice(workload, slot, effects.stage(), now));
    started.push(`${workload} ${slot.key}`);
  }
  // Written last, and only when it matters: a sweep that died half way is repeated by the next one.
  if (since === undefined || due.length > 0) await effects.setWatchedUntil(now);
  return started;
}

function dueSlots(since: number, now: number, effects: typeof real): { workload: string; slot: Planned }[] {
  const { workloads, calendar } = effects.stage();
  const dueAt = (slot: Slot) => (slot.inGap ? slot.at : slot.at + GRACE_MS);
  // Pipelines have a sweeper of their own.
  const swept = Object.entries(workloads).filter(([, { kind }]) => kind !== 'pipeline');
  return swept.flatMap(([workload, schedule]) =>
    plannedBetween(schedule, calendar, since - GRACE_MS, now + 1)
      .filter((slot) => dueAt(slot) > since && dueAt(slot) <= now)
      .map((slot) => ({ workload, slot })),
  );
}

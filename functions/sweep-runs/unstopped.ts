import { startExecution } from '../../shared/aws/executions.ts';
import { lostStartNotice, lostStopNotice } from '../../shared/notices/lost.ts';
import { publish } from '../../shared/notices/notice.ts';
import type { EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { environments } from '../../shared/stage/kinds.ts';
import type { Keep } from '../../shared/state/overrides.ts';
import { getRun } from '../../shared/state/runs.ts';
import { seenSince } from '../../shared/state/watch.ts';
import { plannedBetween } from '../../shared/time/planned.ts';
import { localTime, type Slot, slotKey } from '../../shared/time/slots.ts';

/** How long EventBridge Scheduler may take before a stop counts as lost. */
const GRACE_MS = 5 * 60_000;
/** How far back a stop that never came is looked for. */
const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

export const real = {
  ...{ stage: deployedStage, seenSince, getRun, startExecution, publish },
  /** Stops that are known to have their record: what is done is not asked for again every ten minutes. */
  recorded: new Set<string>(),
};

/**
 * Starts the stops that should have come and have no record: the last one of the schedule, again every hour until it
 * has one, and the one at the end of a person's keep, which no schedule knows.
 *
 * @param now milliseconds since the epoch
 * @param keeps what people keep on, or kept
 * @returns the stops that it started, as `workload key`.
 */
export async function stopUnstopped(now: number, keeps: Keep[], effects = real): Promise<string[]> {
  const stage = effects.stage();
  const known = environments(stage);
  if (known.length === 0) return [];
  const since = await effects.seenSince(Object.keys(stage.workloads), now);
  const started: string[] = [];
  for (const [name, workload] of known) {
    const from = Math.max(since[name] ?? now, now - DAY_MS);
    for (const slot of [
      ...lastPlanned(workload, from, now, effects),
      ...(await keepEnds(name, workload, keeps, from, now, effects)),
    ]) {
      if (await hasRecord(name, slot.key, effects)) continue;
      const digits = slot.key.replace(/\D/g, '');
      const isNew = await effects.startExecution('stop', `${name}-${digits}-swept-${Math.floor(now / HOUR_MS)}`, {
        workload: name,
        scheduledFor: new Date(slot.at).toISOString(),
        key: slot.key,
        by: 'sweeper',
      });
      if (!isNew) continue;
      // That a keep ends is what was asked for; that a stop did not come is news.
      const notice = slot.inGap ? lostStartNotice(name, slot, stage, now) : lostStopNotice(name, slot, stage, now);
      if (!slot.isKeep) await effects.publish(notice);
      started.push(`${name} ${slot.key}`);
    }
  }
  return started;
}

async function hasRecord(name: string, key: string, { recorded, getRun }: typeof real): Promise<boolean> {
  const id = `${name} ${key}`;
  if (recorded.has(id)) return true;
  const isThere = (await getRun(name, key)) !== undefined;
  if (isThere) recorded.add(id);
  return isThere;
}

type Edge = Slot & { isKeep?: boolean };

function lastPlanned(workload: EnvironmentWorkload, from: number, now: number, { stage }: typeof real): Edge[] {
  return plannedBetween(workload, stage().calendar, from, now - GRACE_MS + 1)
    .filter(({ act }) => act === 'stop')
    .slice(-1);
}

async function keepEnds(
  name: string,
  { timezone }: EnvironmentWorkload,
  keeps: Keep[],
  from: number,
  now: number,
  effects: typeof real,
): Promise<Edge[]> {
  const ends = keeps.filter(({ workload = name }) => workload === name).map(({ until = '' }) => Date.parse(until));
  return Promise.all(
    ends
      .filter((at) => at > from && at <= now)
      .map(async (at) => ({ key: await keyOf(name, at, timezone, effects), at, inGap: false, isKeep: true })),
  );
}

/** Its minute; to the second where a start has that minute, or a stop which this very keep held back. */
async function keyOf(name: string, at: number, timezone: string, { getRun }: typeof real): Promise<string> {
  const key = slotKey(at, timezone);
  const known = await getRun(name, key);
  const isOther = known && (known.act !== 'stop' || (known.status === 'skipped' && known.reason?.startsWith('kept')));
  return isOther ? key + localTime(at, timezone).slice(16, 19) : key;
}

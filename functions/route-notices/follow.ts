import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import type { Plan, Told } from './plan.ts';
import { distinct, escalationsOf, quietUntil } from './routes.ts';

/** A thread that flaps is calm when it did not change for so long. */
const CALM_MS = 30 * 60_000;
/** A storm is over when nothing came for so long. */
const STORM_CALM_MS = 3 * 60_000;

/**
 * When somebody has to look at a thread again although nothing happens; undefined for never. Instants are milliseconds
 * since the epoch.
 */
export function nextLook(thread: Thread, stage: CompiledStage, now: number): number | undefined {
  const dues = [
    ...(thread.held.length > 0 ? [quietUntil(stage, now) ?? now] : []),
    ...(thread.flappingSince === undefined ? [] : [thread.lastAt + CALM_MS]),
    ...(isUnsaid(thread) ? [thread.saidAt + stage.notify.windowSeconds * 1000] : []),
    ...(isWaiting(thread) ? escalationsOf(thread, stage).map(({ at }) => at) : []),
    ...(isReminded(thread) ? [remindAt(thread, stage)] : []),
    ...(thread.tally && thread.state === 'open' ? [calmAt(thread)] : []),
  ];
  return dues.length > 0 ? Math.max(Math.min(...dues), now) : undefined;
}

/** What is due now: the end of quiet hours, calm after flapping, counts, reminders, escalations. */
export function follow(before: Thread, stage: CompiledStage, now: number): Plan {
  const told: Told[] = [];
  let thread = before;
  const tell = (channels: string[], more: Partial<Thread>) => {
    told.push(...channels.map((channel) => ({ channel, isDue: true })));
    thread = { ...thread, ...more };
  };
  const said = { saidAt: now, saidCount: thread.count };
  if (thread.held.length > 0 && quietUntil(stage, now) === undefined)
    tell(thread.held, { ...said, held: [], heardBy: distinct([...thread.heardBy, ...thread.held]) });
  if (thread.flappingSince !== undefined && thread.lastAt + CALM_MS <= now) {
    const { flappingSince: _, ...calm } = thread;
    thread = calm;
    tell(thread.heardBy, { ...said, reopened: [], revision: thread.revision + 1 });
  }
  if (isUnsaid(thread) && thread.saidAt + stage.notify.windowSeconds * 1000 <= now) tell(thread.heardBy, said);
  if (isReminded(thread) && remindAt(thread, stage) <= now) {
    const because = { id: `reminder ${now}`, what: 'reminder' as const };
    told.push(...thread.heardBy.map((channel) => ({ channel, because })));
    thread = { ...thread, remindedAt: now };
  }
  for (const { channel, at, afterSeconds } of isWaiting(thread) ? escalationsOf(thread, stage) : []) {
    if (at > now) continue;
    told.push({ channel, because: { id: `escalation ${channel}`, what: 'escalation', why: String(afterSeconds) } });
    thread = {
      ...thread,
      escalatedTo: distinct([...thread.escalatedTo, channel]),
      heardBy: distinct([...thread.heardBy, channel]),
    };
  }
  const { followAt: _, ...rest } = thread;
  const next = nextLook(thread, stage, now);
  return { thread: { ...rest, ...(next !== undefined && { followAt: next }) }, told };
}

/** When a storm is over, if nothing comes before, or is looked at again. */
export function calmAt({ lastAt, lookedAt = 0 }: Thread): number {
  return Math.max(lastAt, lookedAt) + STORM_CALM_MS;
}

/** Channels that cannot edit have not been told of the last repeats. */
function isUnsaid({ count, saidCount, state }: Thread): boolean {
  return count > saidCount && state !== 'progress';
}

/** It is open, and nobody has said that it is seen to. */
function isWaiting({ state, acknowledged, inStorm }: Thread): boolean {
  return state === 'open' && !acknowledged && !inStorm;
}

function isReminded(thread: Thread): boolean {
  return isWaiting(thread) && thread.severity === 'critical' && thread.heardBy.length > 0;
}

function remindAt({ saidAt, remindedAt = 0 }: Thread, { notify }: CompiledStage): number {
  return Math.max(saidAt, remindedAt) + notify.remindSeconds * 1000;
}

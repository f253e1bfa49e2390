import type { Because } from '../../shared/messages/message.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { isLouder, type Thread } from '../../shared/threads/thread.ts';
import { nextLook } from './follow.ts';
import { distinct, hearersOf, quietUntil } from './routes.ts';

/** A repeat waits so long for others, so that channels are told of all at once. */
const NUDGE_MS = 10_000;

/** A channel that should look at a thread. */
export interface Told {
  channel: string;
  because?: Because;
  isDue?: boolean;
  delaySeconds?: number;
}

/** A thread as it is written, whom to tell, and when to look at it again. */
export interface Plan {
  thread: Thread;
  told: Told[];
}

/**
 * Decides who is told of a thread that has changed: what is new aloud and at once, a repeat to those who know of it, and
 * in the quiet hours only what is critical.
 *
 * @param now milliseconds since the epoch
 */
export function plan(before: Thread | undefined, thread: Thread, stage: CompiledStage, now: number): Plan {
  const isSame = before?.revision === thread.revision && !before.inStorm;
  if (isSame || thread.count === 0 || thread.inStorm) return { thread, told: [] };
  const isNew = isNews(before, thread);
  const channels = isNew ? distinct([...thread.heardBy, ...hearersOf(thread, stage)]) : thread.heardBy;
  const isHeld = thread.severity !== 'critical' && quietUntil(stage, now) !== undefined;
  if (isHeld) return followed({ ...thread, held: distinct([...thread.held, ...channels]) }, [], stage, now);
  if (isNew) {
    const heard = { ...thread, heardBy: channels, saidAt: now, saidCount: thread.count };
    return followed(
      heard,
      channels.map((channel) => ({ channel, isDue: true })),
      stage,
      now,
    );
  }
  // One that is under way shows this too.
  if (thread.nudgedUntil > now) return followed(thread, [], stage, now);
  const told = channels.map((channel) => ({ channel, delaySeconds: NUDGE_MS / 1000 }));
  return followed({ ...thread, nudgedUntil: now + NUDGE_MS }, told, stage, now);
}

function isNews(before: Thread | undefined, after: Thread): boolean {
  if (!before || before.openedAt !== after.openedAt || before.count === 0 || before.inStorm) return true;
  if (after.state === 'progress' || isLouder(after.severity, before.severity)) return true;
  if (before.flappingSince !== after.flappingSince) return true;
  return before.state !== after.state && after.flappingSince === undefined;
}

/** With the time of the next look at it: an earlier one that is under way is kept, and decides anew. */
function followed(thread: Thread, told: Told[], stage: CompiledStage, now: number): Plan {
  const { followAt } = thread;
  const next = nextLook(thread, stage, now);
  const isUnderWay = followAt !== undefined && followAt > now && (next === undefined || followAt <= next);
  if (isUnderWay) return { thread, told };
  const { followAt: _, ...rest } = thread;
  return { thread: { ...rest, ...(next !== undefined && { followAt: next }) }, told };
}

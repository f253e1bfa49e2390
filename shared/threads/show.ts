import type { Severity } from '../stage/compiled.ts';
import type { Signal } from './signals.ts';
import { incidentState, isLouder, type Thread } from './thread.ts';

/** What a channel was last shown of a thread. */
export interface Shown {
  openedAt: number;
  revision: number;
  state: string;
  severity: Severity;
  /** Milliseconds since the epoch. */
  postedAt: number;
  /** The channel's own name of the message, where it can be edited. */
  messageId?: string;
  /** Reminders and escalations that were posted. */
  because: string[];
}

/** What a channel has to do so that its people see a thread as it is. */
export type Step = 'nothing' | 'post' | 'edit';

/**
 * Decides it from what was shown before and what is: whatever order signals come in, and however often, the same is
 * never posted twice, and nothing old after something new.
 *
 * @param windowMs within it a repeat is no news
 */
export function step(
  thread: Thread,
  shown: Shown | undefined,
  { because, isDue = false }: Pick<Signal, 'because' | 'isDue'>,
  { canEdit, now, windowMs }: { canEdit: boolean; now: number; windowMs: number },
): Step {
  const isNudge = because && because.what !== 'fallback';
  if (isNudge && !shown?.because.includes(because.id))
    return thread.state === 'open' && !thread.acknowledged ? 'post' : 'nothing';
  if (!shown || shown.openedAt !== thread.openedAt) return 'post';
  if (shown.revision >= thread.revision) return 'nothing';
  if (thread.state === 'progress' || isLouder(thread.severity, shown.severity)) return 'post';
  const isNew = now - shown.postedAt >= windowMs && thread.state !== 'resolved' && thread.flappingSince === undefined;
  if (canEdit && shown.messageId !== undefined) return isNew ? 'post' : 'edit';
  return isNew || isDue || incidentState(thread) !== shown.state ? 'post' : 'nothing';
}

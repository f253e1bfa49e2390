import type { QueueWorkload } from '../stage/compiled.ts';
import type { Held } from './held.ts';

/** Within which the workers are scaled, as it is registered with Application Auto Scaling. */
export interface Limits {
  min: number;
  max: number;
  /** Nothing is taken away. */
  inSuspended: boolean;
  /** Nothing is added. */
  outSuspended: boolean;
}

/**
 * What is registered: an emergency has no workers at all; while nothing may start, those that run end their work and no
 * more come; what a person keeps is not taken away, nor is anything while nobody knows how the queue is; a runaway has its
 * own maximum.
 *
 * @param by `floor`: workers that there are at least by the schedule; `isBlind`: the queue could not be read. Target tracking
 * would go on taking workers away by what it has seen before.
 */
export function limitsOf(
  { scaling, runaway }: Pick<QueueWorkload, 'scaling' | 'runaway'>,
  by: { floor: number; isCapped: boolean; held?: Held; isKept: boolean; isBlind: boolean },
): Limits {
  const { floor, isCapped, held } = by;
  const inSuspended = by.isKept || by.isBlind;
  if (held === 'emergency') return { min: 0, max: 0, inSuspended: false, outSuspended: false };
  const max = isCapped ? Math.min(scaling.max, runaway.workers) : scaling.max;
  if (held) return { min: 0, max, inSuspended, outSuspended: true };
  return { min: Math.min(floor, max), max, inSuspended, outSuspended: false };
}

/** The number within them that is meant. */
export function within({ min, max }: Limits, wanted: number): number {
  return Math.min(max, Math.max(min, wanted));
}

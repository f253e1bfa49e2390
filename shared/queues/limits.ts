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
 * more come; what a person keeps is not taken away; a runaway has its own maximum.
 *
 * @param floor workers that there are at least by the schedule
 */
export function limitsOf(
  { scaling, runaway }: Pick<QueueWorkload, 'scaling' | 'runaway'>,
  { floor, isCapped, held, isKept }: { floor: number; isCapped: boolean; held?: Held; isKept: boolean },
): Limits {
  if (held === 'emergency') return { min: 0, max: 0, inSuspended: false, outSuspended: false };
  const max = isCapped ? Math.min(scaling.max, runaway.workers) : scaling.max;
  if (held) return { min: 0, max, inSuspended: isKept, outSuspended: true };
  return { min: Math.min(floor, max), max, inSuspended: isKept, outSuspended: false };
}

/** The number within them that is meant. */
export function within({ min, max }: Limits, wanted: number): number {
  return Math.min(max, Math.max(min, wanted));
}

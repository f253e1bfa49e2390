import type { Limits } from './limits.ts';

/** More workers were wanted than were asked for: so many are the least for a while. */
export interface Rise {
  workers: number;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Until the alarms have seen what is wanted now: one that still sees what was wanted before would take them away again. */
const HOLDS_MS = 3 * 60_000;

/**
 * Whether there have to be more at once: a minimum that is registered takes effect at once, where a datapoint and an alarm
 * take more than a minute.
 *
 * @param wanted within the limits; missing while the queue cannot be read
 * @param desired what ECS is asked for; missing where it does not tell
 */
export function riseOf(
  before: Rise | undefined,
  wanted: number | undefined,
  desired: number | undefined,
  now: number,
): Rise | undefined {
  if (wanted !== undefined && desired !== undefined && wanted > desired) return { workers: wanted, at: now };
  if (!before || now - before.at >= HOLDS_MS) return undefined;
  return { workers: Math.min(before.workers, wanted ?? before.workers), at: before.at };
}

/** The limits with it; whatever holds the maximum down holds it down too. */
export function raised(limits: Limits, rise: Rise | undefined): Limits {
  return rise ? { ...limits, min: Math.min(limits.max, Math.max(limits.min, rise.workers)) } : limits;
}

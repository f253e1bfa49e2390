import { stretches } from '../cost/days.ts';

/** What a queue and its workers did on a local day of the stage, as far as it was seen. */
export interface QueueTally {
  /** `2026-11-21` */
  day: string;
  /** What they are paid for: of all workers together. */
  workerSeconds: number;
  /** Jobs; fractions of one, since they are counted by what came to be a minute. */
  done: number;
  failed: number;
  arrived: number;
  /** The most workers that ran at once. */
  peak: number;
  /** How long nobody could see how many workers ran. */
  unseenSeconds?: number;
}

/** What was seen between two looks; what was not seen is left out. */
export interface Seen {
  /** The look before; milliseconds since the epoch. */
  from: number;
  to: number;
  /** How many tasks run. */
  workers?: number;
  done?: number;
  failed?: number;
  arrived?: number;
}

/** Two looks further apart than that do not tell what ran between them. */
const GAP_MS = 5 * 60_000;
/** Today, and the day before: whoever keeps them for longer looks more than once a day. */
const DAYS = 2;

/** Adds what was seen to the tallies of its days, and forgets the older ones; oldest first. */
export function tally(before: readonly QueueTally[], seen: Seen, timezone: string): QueueTally[] {
  const { from, to, workers } = seen;
  const isSeen = workers !== undefined && to - from <= GAP_MS;
  const days = new Map(before.map((one) => [one.day, one]));
  const parts = stretches(Math.min(from, to), to, timezone);
  for (const [index, stretch] of parts.entries()) {
    const known = days.get(stretch.day) ?? nothing(stretch.day);
    const seconds = (stretch.to - stretch.from) / 1000;
    const unseen = (known.unseenSeconds ?? 0) + (isSeen ? 0 : seconds);
    // What came in between is of the day that the look is on.
    const jobs = (of: 'done' | 'failed' | 'arrived') => known[of] + (index === parts.length - 1 ? (seen[of] ?? 0) : 0);
    days.set(stretch.day, {
      ...{ day: stretch.day, done: jobs('done'), failed: jobs('failed'), arrived: jobs('arrived') },
      workerSeconds: known.workerSeconds + (isSeen ? workers * seconds : 0),
      peak: Math.max(known.peak, workers ?? 0),
      ...(unseen > 0 && { unseenSeconds: unseen }),
    });
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(-DAYS);
}

function nothing(day: string): QueueTally {
  return { day, workerSeconds: 0, done: 0, failed: 0, arrived: 0, peak: 0 };
}

import type { Scaling, Workers } from '../stage/compiled.ts';
import { backlogOf, type Reading } from './reading.ts';

/** What is remembered of a queue from minute to minute, to size its workers. */
export interface Sizing {
  /** The last answer. */
  wanted: number;
  /** What would have done at each of the last minutes, oldest first; what a later one exceeds is left out. */
  peaks: { at: number; workers: number }[];
  /** How many readings in a row found nothing to do for them. */
  empty: number;
  /** The last reading: when, and how many jobs were being done. */
  at?: number;
  active?: number;
  /** Seconds that jobs were worked on lately, and how many ended in them: the older, the less they count. */
  busy: number;
  ended: number;
  /** The same of the last minutes, until enough jobs have ended to say what it means; how many were at work before them. */
  open?: { busy: number; ended: number; from: number };
}

/** Before the first reading; whoever has workers already wants so many. */
export const NOTHING_SIZED: Sizing = { wanted: 0, peaks: [], empty: 0, busy: 0, ended: 0 };

type Kind = Pick<Workers, 'concurrency' | 'besides' | 'jobSeconds' | 'longestJobSeconds'>;

/** A burst is worked off at full strength: the need of a minute holds for so long, or for as long as jobs may wait. */
const HOLD_SECONDS = 300;
/** Where nothing waits any more, so long only; jobs that come every minute shall not find their workers gone. */
const IDLE_HOLD_SECONDS = 120;
/** Readings that are further apart have a gap between them, of which nothing is known. */
const GAP_SECONDS = 150;
/** What is said of a job at first counts as much as so many that were seen. */
const SAID_JOBS = 5;
/** After so many minutes what was seen counts half. */
const HALF_LIFE_MINUTES = 30;
/** Jobs are not held to be so many times shorter than was said: readings once a minute see short ones badly. */
const SHORTEST = 20;

/**
 * How many workers do the jobs within the time that they may wait: work ÷ (what a worker does in it), beyond what those do
 * that are always there. While there is anything to do for them it is at least one, and never less than is at work; none only
 * after enough minutes that were seen, all without. To be asked once for each reading, and not where there is none.
 *
 * @param now milliseconds since the epoch
 */
export function size(
  before: Sizing,
  reading: Reading,
  scaling: Pick<Scaling, 'max' | 'emptyMinutes'> & { waitSeconds: number },
  workers: Kind,
  now: number,
): { memory: Sizing; wanted: number } {
  const learned = learn(before, reading, workers);
  const need = Math.min(scaling.max, needOf(reading, secondsPerJob(learned, workers), scaling.waitSeconds, workers));
  const holds = reading.waiting + reading.due > 0 ? Math.max(HOLD_SECONDS, scaling.waitSeconds) : IDLE_HOLD_SECONDS;
  const peaks = withNeed(before.peaks, { at: now, workers: need }, now - holds * 1000);
  const empty = need > 0 ? 0 : isGap(before, reading) ? 1 : before.empty + 1;
  const wanted = need > 0 ? (peaks[0]?.workers ?? need) : whileEmpty(empty, peaks, before, scaling);
  return { memory: { ...learned, wanted, peaks, empty, at: reading.at, active: reading.active }, wanted };
}

function needOf(reading: Reading, seconds: number, wait: number, { concurrency, besides }: Kind): number {
  const backlog = backlogOf(reading);
  const enough = Math.ceil((backlog * seconds - besides * wait) / (concurrency * wait));
  const atWork = Math.ceil((reading.active - besides) / concurrency);
  // Where those that are always there cannot keep up, the oldest shows it; or, untold, that there are more than they do at once.
  const isLate = reading.oldestSeconds === undefined ? backlog > besides : reading.oldestSeconds > wait;
  return Math.max(enough, atWork, backlog > 0 && (besides === 0 || isLate) ? 1 : 0);
}

/** What a job takes: as it was said at first, and more and more as it is seen. */
export function secondsPerJob({ busy, ended }: Sizing, { jobSeconds, longestJobSeconds }: Kind): number {
  const seconds = (busy + SAID_JOBS * jobSeconds) / (ended + SAID_JOBS);
  return Math.min(Math.max(jobSeconds, longestJobSeconds), Math.max(jobSeconds / SHORTEST, seconds));
}

/** Never more than before: nothing is started for an empty queue. */
function whileEmpty(
  empty: number,
  peaks: Sizing['peaks'],
  { wanted }: Sizing,
  { emptyMinutes }: Pick<Scaling, 'emptyMinutes'>,
): number {
  if (empty > emptyMinutes) return 0;
  return Math.min(wanted, Math.max(1, peaks[0]?.workers ?? 0));
}

/**
 * By Little's law: jobs at work × time = jobs that ended × what one took. Those that are still at work have done half of
 * theirs. Minutes teach together when at least half as many have ended as are at work: what was only just begun seems long
 * otherwise, and where jobs are tried again for ever, more and more workers would be wanted for them.
 */
function learn(before: Sizing, reading: Reading, { longestJobSeconds }: Kind): Sizing {
  const { completions, failures = 0, active, at } = reading;
  const { open, ...known } = before;
  if (completions === undefined || known.at === undefined || known.active === undefined || isGap(before, reading))
    return known;
  const minutes = (at - known.at) / 60_000;
  const worked = ((active + known.active) / 2) * minutes * 60;
  const { busy, ended, from } = open ?? { busy: 0, ended: 0, from: known.active };
  const longest = Math.max(active, known.active) * longestJobSeconds;
  const next = { busy: Math.min(busy + worked, longest), ended: ended + (completions + failures) * minutes, from };
  if (next.busy + next.ended === 0) return known;
  if (next.ended === 0 || next.ended < active / 2) return { ...known, open: next };
  const kept = 0.5 ** (minutes / HALF_LIFE_MINUTES);
  return {
    ...known,
    busy: known.busy * kept + next.busy,
    ended: Math.max(0, known.ended * kept + next.ended + (active - from) / 2),
  };
}

function isGap({ at }: Sizing, reading: Reading): boolean {
  return at === undefined || reading.at <= at || reading.at - at > GAP_SECONDS * 1000;
}

/** The first is the greatest. */
function withNeed(peaks: Sizing['peaks'], need: Sizing['peaks'][number], since: number): Sizing['peaks'] {
  return [...peaks.filter(({ at, workers }) => at > since && workers > need.workers), need];
}

import type { QueueWorkload } from '../stage/compiled.ts';
import { backlogOf, type Reading } from './reading.ts';

/** What is remembered of a queue to see that workers do not help. */
export interface RunawayMemory {
  /** The last minutes that were seen, oldest first. */
  samples: Sample[];
  /** How long the error rate has been too high, and how many jobs ended in that time. */
  errors: { minutes: number; ended: number };
  /** The maximum is held down. */
  capped?: Capped;
}

interface Sample {
  at: number;
  /** Jobs that want a worker. */
  backlog: number;
  /** And those that are to be tried again: they are no shorter a queue. */
  inside: number;
  /** Tasks that run. */
  workers: number;
  /** Jobs that were done in the minute; missing where the source does not tell. */
  done?: number;
}

export interface Capped {
  since: number;
  why: 'backlog' | 'errors';
  /** Jobs that wanted a worker then. */
  backlog: number;
  /** For how many minutes that had been watched. */
  minutes: number;
  /** For how many minutes all has been well since. */
  calm: number;
}

export const NEVER_RAN_AWAY: RunawayMemory = { samples: [], errors: { minutes: 0, ended: 0 } };

type Guarded = Pick<QueueWorkload, 'runaway' | 'workers'>;

const ERROR_MINUTES = 3;
/** Of fewer jobs a rate says nothing. */
const ENOUGH_ENDED = 5;
const CALM_MINUTES = 10;
/** Minutes that are further apart have a gap between them. */
const GAP_MS = 150_000;
const LONGEST_MINUTES = 120;
/** Workers help when they do at least this part of what so many should. */
const HELPFUL = 0.25;

/**
 * Whether workers do not help: the queue did not get shorter while they became more, and they do not do what they should;
 * or too many of the jobs fail. Then the maximum is held down until all was well for ten minutes. What is not seen changes
 * nothing.
 *
 * @param running tasks that run; missing where nobody could see them
 * @param seconds what a job takes
 */
export function judgeRunaway(
  before: RunawayMemory,
  reading: Reading,
  running: number | undefined,
  { runaway, workers }: Guarded,
  seconds: number,
): { memory: RunawayMemory; change?: 'capped' | 'restored' } {
  const span = Math.min(LONGEST_MINUTES, Math.max(runaway.minutes, Math.ceil((2 * seconds) / 60)));
  const samples = withSample(before.samples, reading, running, span);
  const errors = withErrors(before.errors, reading, runaway.errorPercent);
  const helps = isHelping(samples, workers);
  if (before.capped) {
    const calm = calmMinutes(before.capped, reading, helps, runaway.errorPercent);
    if (calm >= CALM_MINUTES) return { memory: NEVER_RAN_AWAY, change: 'restored' };
    return { memory: { samples, errors, capped: { ...before.capped, calm } } };
  }
  const isFailing = errors.minutes >= ERROR_MINUTES && errors.ended >= ENOUGH_ENDED;
  if (!isFailing && !(isInVain(samples, span, runaway.workers) && !helps)) return { memory: { samples, errors } };
  const minutes = isFailing ? errors.minutes : span;
  const why = isFailing ? 'errors' : 'backlog';
  const capped: Capped = { since: reading.at, why, backlog: backlogOf(reading), minutes, calm: 0 };
  return { memory: { samples, errors, capped }, change: 'capped' };
}

function withSample(samples: Sample[], reading: Reading, workers: number | undefined, span: number): Sample[] {
  const { at, completions: done } = reading;
  const last = samples.at(-1);
  const known = last && at > last.at && at - last.at <= GAP_MS ? samples : [];
  if (workers === undefined) return known;
  const backlog = backlogOf(reading);
  const next = { at, backlog, inside: backlog + reading.delayed, workers, ...(done !== undefined && { done }) };
  return [...known.filter((sample) => at - sample.at <= span * 60_000), next];
}

/** Minutes in which nothing ended neither begin nor end it. */
function withErrors(
  { minutes, ended }: RunawayMemory['errors'],
  { errorPercent, completions, failures }: Reading,
  limit: number,
): RunawayMemory['errors'] {
  if (errorPercent === undefined) return { minutes, ended };
  if (errorPercent <= limit) return { minutes: 0, ended: 0 };
  // A source that tells the rate alone is believed.
  const count = completions === undefined && failures === undefined ? ENOUGH_ENDED : 0;
  return { minutes: minutes + 1, ended: ended + count + (completions ?? 0) + (failures ?? 0) };
}

/**
 * Never shorter than at the beginning, though there are more workers than then, or more all the time than a runaway may
 * have. Those of the second half had no time yet.
 */
function isInVain(samples: Sample[], span: number, enough: number): boolean {
  const [first, middle, last] = [samples[0], samples[Math.floor(samples.length / 2)], samples.at(-1)];
  if (!first || !middle || !last || last.at - first.at < span * 60_000) return false;
  if (!samples.every(({ backlog, inside }) => backlog > 0 && inside >= first.inside)) return false;
  const areMany = samples.every(({ workers, done }) => workers > enough && done !== undefined);
  return areMany || Math.min(middle.workers, last.workers) > first.workers;
}

/** Where more comes than is done, the queue gets longer though the workers are well. */
function isHelping(samples: Sample[], { concurrency, jobSeconds }: Guarded['workers']): boolean {
  const half = samples.slice(Math.floor(samples.length / 2));
  const done = half.reduce((sum, sample) => sum + (sample.done ?? 0), 0);
  const able = half.reduce((sum, { workers }) => sum + (workers * concurrency * 60) / jobSeconds, 0);
  return done > 0 && done >= able * HELPFUL;
}

function calmMinutes({ why, calm, backlog }: Capped, reading: Reading, helps: boolean, errorPercent: number): number {
  const now = backlogOf(reading);
  if (now === 0) return calm + 1;
  if (reading.errorPercent !== undefined && reading.errorPercent > errorPercent) return 0;
  if (why === 'errors') return reading.errorPercent === undefined ? calm : calm + 1;
  return helps || now < backlog ? calm + 1 : 0;
}

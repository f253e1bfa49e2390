import { byHours, type Load, QUIET } from '../../rehearsal/outside/jobs/load.ts';
import { type Outcome, run } from './run.ts';
import type { Way } from './ways.ts';

const SEOUL = 'Asia/Seoul';
const SECOND = 1000;
const HOUR = 3_600_000;
/** Midnight in Seoul. */
const START = Date.parse('2026-11-02T00:00:00+09:00');
const MONTH_DAYS = 30;
const SEED = 8;

/** The three loads of the source. */
export const LOADS = [
  { name: 'below 20: 2 jobs a minute, day and night', hours: [{ from: '00:00', to: '00:00', perMinute: 2 }] },
  { name: '50–100: 40 a minute, 10:00–14:00', hours: [{ from: '10:00', to: '14:00', perMinute: 40 }] },
  { name: '500+: 200 a minute, 09:00–17:00', hours: [{ from: '09:00', to: '17:00', perMinute: 200 }] },
];

export function month(way: Way, { hours }: (typeof LOADS)[number], days = MONTH_DAYS): Outcome {
  const load = { ...QUIET, rate: byHours(hours, SEOUL) };
  return run(way, { start: START, end: START + days * 24 * HOUR, seed: SEED, load });
}

/** Where in its minute a burst comes decides how long it waits for the next look: twelve of them, five seconds apart. */
const PHASES = Array.from({ length: 12 }, (_, index) => index * 5);
const BURST = 500;

export interface Burst extends Outcome {
  /** Seconds from the burst until nothing was left. */
  drained: number;
}

export function bursts(way: Way): Burst[] {
  return PHASES.map((phase) => {
    const at = START + HOUR / 4 + phase * SECOND;
    const load = { ...QUIET, bursts: [{ at, jobs: BURST }] };
    const outcome = run(way, { start: START, end: at + 1.5 * HOUR, seed: SEED + phase, load });
    return { ...outcome, drained: ((outcome.emptySince ?? Number.NaN) - at) / SECOND };
  });
}

/** Jobs that can never be done: what three hours with them come to. */
export const POISONS: { name: string; load: Load }[] = [
  { name: '300 jobs that are tried again and again', load: poison({ attempts: 10_000, backoffSeconds: 0 }) },
  { name: 'the same, 10 s between attempts', load: poison({ attempts: 10_000, backoffSeconds: 10 }) },
  {
    name: '40 a minute, all of which fail three times',
    load: { ...poison({}), bursts: [], rate: () => ({ perMinute: 40, until: Number.POSITIVE_INFINITY }) },
  },
];

function poison(load: Partial<Load>): Load {
  return { ...QUIET, bursts: [{ at: START + HOUR / 4, jobs: 300 }], poison: 100, ...load };
}

export function poisoned(way: Way, load: Load): Outcome {
  return run(way, { start: START, end: START + 3.25 * HOUR, seed: SEED, load });
}

/** Hours in which nothing is measured: after most is done, in the middle of a steady load, and while a burst is worked off. */
export const OUTAGES: { name: string; load: (from: number) => Load }[] = [
  {
    name: '20 minutes after 40 a minute became 2',
    load: (from) => ({ ...QUIET, rate: falling(from - 20 * 60 * SECOND) }),
  },
  { name: 'at 40 a minute', load: () => ({ ...QUIET, rate: byHours(LOADS[1]?.hours ?? [], SEOUL) }) },
  {
    name: 'from 3 minutes after a burst on',
    load: (from) => ({ ...QUIET, bursts: [{ at: from - 180 * SECOND, jobs: BURST }] }),
  },
];

/** From 40 jobs a minute to two. */
function falling(at: number): Load['rate'] {
  return (now) => (now < at ? { perMinute: 40, until: at } : { perMinute: 2, until: Number.POSITIVE_INFINITY });
}

/** They begin at 12:00, and again each five minutes until 12:25, each in a day of its own. */
const BEGINNINGS = Array.from({ length: 6 }, (_, index) => START + 12 * HOUR + index * 300 * SECOND);

/** @returns how often fewer workers were wanted in the hours, and what came of them */
export function outages(way: Way, { load }: (typeof OUTAGES)[number]): (Outcome & { scaledInMeanwhile: number })[] {
  return BEGINNINGS.map((from) => {
    const to = from + HOUR;
    const course = { start: from - HOUR, end: to + HOUR, seed: SEED, load: load(from), outage: { from, to } };
    const outcome = run(way, course);
    return { ...outcome, scaledInMeanwhile: outcome.scaledIn.filter((one) => one >= from && one < to).length };
  });
}

/** How a worker ends: as ECS has it where nothing is said, with all the time there is, and by the recipe. */
export const ENDINGS = [
  { name: '30 s to end, as ECS has it by default', stopTimeoutSeconds: 30, longestJobSeconds: 30 },
  { name: '120 s to end', stopTimeoutSeconds: 120, longestJobSeconds: 120 },
  { name: '120 s, and protected while it works', stopTimeoutSeconds: 120, longestJobSeconds: 300 },
];

/** Two hours of jobs of which each tenth takes five minutes, and a third hour for what is left. */
export function ended(way: Way, { name: _, ...ending }: (typeof ENDINGS)[number]): Outcome {
  const workers = { ...way.queue.workers, ...ending };
  const rate = byHours([{ from: '01:00', to: '03:00', perMinute: 40 }], SEOUL);
  const load = { ...QUIET, rate, long: { percent: 10, seconds: 300 }, bursts: [{ at: START + 2 * HOUR, jobs: BURST }] };
  const course = { start: START, end: START + 5 * HOUR, seed: SEED, load };
  return run({ ...way, queue: { ...way.queue, workers } }, course);
}

import type { Redis } from 'ioredis';
import { idsOf, isMarker, jobsOf, members, pairsOf } from './answers.ts';
import { type Command, transact } from './redis.ts';

/** How a library names the keys of a queue: `wait` is `bull:crawl-jobs:wait`. */
export type KeyOf = (type: string) => string;

/** Both libraries order delayed jobs by their instant, and jobs of one millisecond by twelve bits below it. */
const DELAYED_UNIT = 0x1000;
/** BullMQ orders prioritized jobs by their priority, and those of one priority by 32 bits below it. */
const PRIORITY_UNIT = 2 ** 32;

/** So many jobs that failed, and so many that are to be tried again, are asked why. */
const SAMPLE = 50;
/** Those that are tried again at once are where the newest jobs are. */
const FEW = 10;

/** What the keys of a queue say at one moment. */
export interface Counts {
  waiting: number;
  active: number;
  delayed: number;
  due: number;
  paused: number;
  failed: number;
  /** Failed since a moment, and still kept. */
  failedSince: number;
  added: number;
  inside: number;
  /** Since when the oldest of the due jobs is due. */
  dueSince?: number;
  /** Jobs of which one has waited longest. */
  candidates: string[];
  /** The lowest priority that waits: the first of it may have waited for ever. */
  lowest?: { from: number; to: number };
  /** Jobs that failed lately, and some that may be tried again. */
  troubled: string[];
}

/**
 * Counts the jobs of Bull and BullMQ in one transaction, so that a job that moves meanwhile is counted once, and only
 * reads: docs/decisions/0021-queues-are-read-and-not-touched.md says why not by their getJobCounts.
 *
 * @param since milliseconds since the epoch
 * @param lately failures before that are not asked for their reasons
 */
export async function count(redis: Redis, key: KeyOf, now: number, since: number, lately: number): Promise<Counts> {
  const found = await transact(redis, commandsOf(key, now, since));
  const number = (name: keyof typeof found) => Number(found[name] ?? 0);
  const wait = number('wait') - (isMarker(found.next) ? 1 : 0);
  const isPaused = number('isPaused') > 0 || found.isPausedMeta !== null;
  const ready = { waiting: wait + number('prioritized'), due: number('due') };
  const failedLately = pairsOf(found.lastFailed).filter(({ score }) => score > lately);
  const maybeTriedAgain = [...idsOf(pairsOf(found.firstDelayed)), ...members(found.lastAdded)];
  return {
    ...(isPaused ? { waiting: 0, due: 0 } : ready),
    paused: number('paused') + (isPaused ? ready.waiting + ready.due : 0),
    ...{ active: number('active'), delayed: number('delayed') - ready.due, failed: number('failed') },
    ...{ failedSince: number('failedSince'), added: number('added') },
    inside: ready.waiting + number('paused') + number('active') + number('delayed') + number('children'),
    ...(isPaused ? { candidates: [] } : oldestOf(found, ready.due)),
    troubled: jobsOf(...idsOf(failedLately), ...maybeTriedAgain),
  };
}

/** Where the job is that has waited longest: the lists are in order of arrival or of priority. */
function oldestOf(
  found: Record<keyof ReturnType<typeof commandsOf>, unknown>,
  due: number,
): Pick<Counts, 'candidates' | 'dueSince' | 'lowest'> {
  const [firstDelayed] = pairsOf(found.firstDelayed);
  const [last] = pairsOf(found.lastPriority);
  const from = Math.floor((last?.score ?? 0) / PRIORITY_UNIT) * PRIORITY_UNIT;
  const [lastAdded] = members(found.lastAdded);
  return {
    candidates: jobsOf(found.next, lastAdded, ...members(found.priority), ...members(found.firstPriority)),
    ...(firstDelayed && due > 0 && { dueSince: Math.floor(firstDelayed.score / DELAYED_UNIT) }),
    ...(last && { lowest: { from, to: from + PRIORITY_UNIT - 1 } }),
  };
}

function commandsOf(key: KeyOf, now: number, since: number) {
  return {
    wait: ['llen', key('wait')],
    paused: ['llen', key('paused')],
    active: ['llen', key('active')],
    delayed: ['zcard', key('delayed')],
    due: ['zcount', key('delayed'), '-inf', now * DELAYED_UNIT + DELAYED_UNIT - 1],
    prioritized: ['zcard', key('prioritized')],
    children: ['zcard', key('waiting-children')],
    failed: ['zcard', key('failed')],
    failedSince: ['zcount', key('failed'), `(${since}`, now],
    added: ['get', key('id')],
    isPaused: ['exists', key('meta-paused')],
    isPausedMeta: ['hget', key('meta'), 'paused'],
    // Jobs are taken from the end, and added at the beginning or, with `lifo`, at the end too.
    next: ['lindex', key('wait'), -1],
    lastAdded: ['lrange', key('wait'), 0, FEW - 1],
    priority: ['zrevrange', key('priority'), 0, 0],
    firstPriority: ['zrange', key('prioritized'), 0, 0],
    lastPriority: ['zrevrange', key('prioritized'), 0, 0, 'WITHSCORES'],
    firstDelayed: ['zrange', key('delayed'), 0, SAMPLE - 1, 'WITHSCORES'],
    lastFailed: ['zrevrange', key('failed'), 0, SAMPLE - 1, 'WITHSCORES'],
  } satisfies Record<string, Command>;
}

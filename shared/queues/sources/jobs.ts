import type { Redis } from 'ioredis';
import { ratesOf } from '../rates.ts';
import type { Mark, Reading } from '../reading.ts';
import { topReasons } from '../reasons.ts';
import { type Counts, count, type KeyOf } from './counts.ts';
import { type Command, inOneGo, memoryPercent } from './redis.ts';

/** What a reader says of a queue. */
export interface Read {
  reading: Reading;
  mark: Mark;
}

/** Jobs that failed earlier are no news. */
const LATELY_MS = 10 * 60_000;

/** Reads a queue of Bull or BullMQ. @param now milliseconds since the epoch */
export async function readJobs(redis: Redis, key: KeyOf, before: Mark | undefined, now: number): Promise<Read> {
  const counts = await count(redis, key, now, before?.at ?? now, now - LATELY_MS);
  const { waiting, active, delayed, due, paused, failed, added, inside } = counts;
  const mark: Mark = { at: now, added, inside, failed };
  const [oldestSeconds, reasons, memory] = await Promise.all([
    waiting + due > 0 ? oldest(redis, key, counts, now) : 0,
    reasonsOf(redis, key, counts.troubled),
    memoryPercent(redis),
  ]);
  const reading: Reading = {
    ...{ at: now, waiting, active, delayed, due, failed },
    ...(paused > 0 && { paused }),
    ...(oldestSeconds !== undefined && { oldestSeconds }),
    ...ratesOf(before, mark, counts.failedSince),
    ...(memory !== undefined && { memoryPercent: memory }),
    ...(reasons.length > 0 && { reasons: topReasons(reasons) }),
  };
  return { reading, mark };
}

/**
 * How long the longest waiting job has waited. The lists are in order of arrival or of priority, so it is at one of
 * their ends; undefined when it was taken meanwhile.
 */
async function oldest(redis: Redis, key: KeyOf, counts: Counts, now: number): Promise<number | undefined> {
  const { candidates, lowest, dueSince } = counts;
  const first = lowest
    ? [await redis.zrangebyscore(key('prioritized'), lowest.from, lowest.to, 'LIMIT', 0, 1)].flat()
    : [];
  const ids = [...new Set([...candidates, ...first])];
  const jobs = await inOneGo(
    redis,
    ids.map((id): Command => ['hmget', key(id), 'timestamp', 'processedOn', 'opts']),
  );
  const since = [...jobs.flatMap((job) => waitingSince(job as (string | null)[])), ...(dueSince ? [dueSince] : [])];
  return since.length > 0 ? Math.max(0, Math.round((now - Math.min(...since)) / 1000)) : undefined;
}

/** Since it was added, since its delay was over, or since it was begun the last time. */
function waitingSince([timestamp, processedOn, opts]: (string | null)[]): number[] {
  if (!timestamp) return [];
  return [Math.max(Number(timestamp) + delayOf(opts ?? null), Number(processedOn ?? 0))];
}

function delayOf(opts: string | null): number {
  try {
    return Number((JSON.parse(opts ?? '{}') as { delay?: unknown }).delay ?? 0) || 0;
  } catch {
    // Somebody else's options: the job waits since it was added.
    return 0;
  }
}

async function reasonsOf(redis: Redis, key: KeyOf, ids: string[]): Promise<string[]> {
  const answers = await inOneGo(
    redis,
    ids.map((id): Command => ['hget', key(id), 'failedReason']),
  );
  return answers.filter((reason): reason is string => typeof reason === 'string' && reason !== '');
}

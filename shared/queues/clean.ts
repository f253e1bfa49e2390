import scriptOfBull from 'bull/lib/scripts/cleanJobsInSet-3.js';
import { cleanJobsInSet as scriptOfBullmq } from 'bullmq/dist/cjs/scripts/cleanJobsInSet-3.js';
import type { Redis } from 'ioredis';
import { InvalidInput, QueueUnreadable } from '../errors.ts';
import { problemOf } from './problems.ts';
import type { RedisSource, ResolvedSource } from './source.ts';
import { bullKeys } from './sources/bull.ts';
import { bullmqKeys } from './sources/bullmq.ts';
import { memoryPercent, withRedis } from './sources/redis.ts';
import { within } from './within.ts';

type State = 'completed' | 'failed';

/** Redis does nothing else while it removes them: about ten milliseconds. */
const BATCH = 1000;

/** Nothing new is begun after that; the rest waits for the next time. */
const BUDGET_MS = 15_000;
const LIMIT_SECONDS = 20;

/** What was removed, and what Redis is like now. */
export interface Cleaned {
  completed: number;
  failed: number;
  memoryPercent?: number;
  /** Whether there are more: the time was up. */
  more: boolean;
}

/**
 * Removes jobs that ended longer ago, through the queue's own library, in portions.
 *
 * @throws InvalidInput for a queue that is in no Redis; QueueUnreadable saying in plain words what kept it from it
 */
export async function cleanJobs(
  source: ResolvedSource,
  olderThanSeconds: number,
  { batch = BATCH, budgetMs = BUDGET_MS, limitSeconds = LIMIT_SECONDS } = {},
): Promise<Cleaned> {
  if (source.kind !== 'bull' && source.kind !== 'bullmq')
    throw new InvalidInput(`source.kind: there is nothing to clean in a queue of kind ${source.kind}`);
  try {
    return await within(limitSeconds, (signal) =>
      withRedis(source.redis, signal, (redis) => portions(redis, source, olderThanSeconds, batch, budgetMs)),
    );
  } catch (error) {
    if (error instanceof QueueUnreadable) throw error;
    throw new QueueUnreadable(problemOf(error));
  }
}

async function portions(
  redis: Redis,
  source: RedisSource,
  olderThanSeconds: number,
  batch: number,
  budgetMs: number,
): Promise<Cleaned> {
  const began = Date.now();
  const removed = { completed: 0, failed: 0 };
  let isAll = true;
  for (const state of ['completed', 'failed'] as const) {
    let last = batch;
    while (last === batch && Date.now() - began < budgetMs) {
      last = await clean(redis, source, state, began - olderThanSeconds * 1000, batch);
      removed[state] += last;
    }
    isAll &&= last < batch;
  }
  const memory = await memoryPercent(redis);
  return { ...removed, ...(memory !== undefined && { memoryPercent: memory }), more: !isAll };
}

/**
 * What `Queue.clean` of Bull and of BullMQ does: it runs their script, which knows what belongs to a job. Alone, since
 * the whole of both libraries would be three times as big as a function may be.
 *
 * @param before milliseconds since the epoch
 * @returns how many jobs were removed
 */
async function clean(redis: Redis, source: RedisSource, state: State, before: number, most: number): Promise<number> {
  const key = source.kind === 'bull' ? bullKeys(source) : bullmqKeys(source);
  const [{ content, keys }, ...others] =
    source.kind === 'bull'
      ? ([scriptOfBull, key('priority'), key('limiter')] as const)
      : ([scriptOfBullmq, key('events'), key('repeat')] as const);
  const removed = await redis.eval(content, keys, key(state), ...others, key(''), before, most, state);
  return Array.isArray(removed) ? removed.length : 0;
}

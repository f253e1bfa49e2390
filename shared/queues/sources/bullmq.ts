import { QueueKeys } from 'bullmq/dist/cjs/classes/queue-keys.js';
import type { Mark } from '../reading.ts';
import type { SourceOf } from '../source.ts';
import { type Read, readJobs } from './jobs.ts';
import { withRedis } from './redis.ts';

/** Reads a queue of BullMQ. */
export function readBullmq(
  { name, prefix, redis }: SourceOf<'bullmq'>,
  before: Mark | undefined,
  now: number,
  signal: AbortSignal,
): Promise<Read> {
  const keys = new QueueKeys(prefix);
  return withRedis(redis, signal, (client) => readJobs(client, (type) => keys.toKey(name, type), before, now));
}

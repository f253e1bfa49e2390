import { QueueKeys } from 'bullmq/dist/cjs/classes/queue-keys.js';
import type { Mark } from '../reading.ts';
import type { SourceOf } from '../source.ts';
import type { KeyOf } from './counts.ts';
import { type Read, readJobs } from './jobs.ts';
import { withRedis } from './redis.ts';

/** Reads a queue of BullMQ. */
export function readBullmq(
  source: SourceOf<'bullmq'>,
  before: Mark | undefined,
  now: number,
  signal: AbortSignal,
): Promise<Read> {
  return withRedis(source.redis, signal, (redis) => readJobs(redis, bullmqKeys(source), before, now));
}

export function bullmqKeys({ prefix, name }: SourceOf<'bullmq'>): KeyOf {
  const keys = new QueueKeys(prefix);
  return (type) => keys.toKey(name, type);
}

import type { Mark } from '../reading.ts';
import type { SourceOf } from '../source.ts';
import type { KeyOf } from './counts.ts';
import { type Read, readJobs } from './jobs.ts';
import { withRedis } from './redis.ts';

/** Reads a queue of Bull 3 or 4, which name their keys alike. */
export function readBull(
  source: SourceOf<'bull'>,
  before: Mark | undefined,
  now: number,
  signal: AbortSignal,
): Promise<Read> {
  return withRedis(source.redis, signal, (redis) => readJobs(redis, bullKeys(source), before, now));
}

export function bullKeys({ prefix, name }: SourceOf<'bull'>): KeyOf {
  return (type) => `${prefix}:${name}:${type}`;
}

import { cleanJobs } from '../../shared/queues/clean.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { cleanJobs };

/** Removes jobs that ended long ago from a Redis whose memory is nearly full. */
export async function cleanQueue({ name, source, olderThanSeconds }: Input, effects = real): Promise<Output> {
  const cleaned = await effects.cleanJobs(source, olderThanSeconds);
  console.log(JSON.stringify({ queue: name, ...cleaned }));
  return cleaned;
}

export const handler = wrap(input, cleanQueue);

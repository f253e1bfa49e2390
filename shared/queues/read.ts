import { QueueUnreadable } from '../errors.ts';
import { problemOf } from './problems.ts';
import type { Mark } from './reading.ts';
import type { ResolvedSource } from './source.ts';
import { readBull } from './sources/bull.ts';
import { readBullmq } from './sources/bullmq.ts';
import { readHttp } from './sources/http.ts';
import type { Read } from './sources/jobs.ts';
import { readSqs } from './sources/sqs.ts';
import { within } from './within.ts';

/** A queue that does not answer so long cannot be read. All are asked at once, so all of them together take no longer. */
const LIMIT_SECONDS = 5;

/** A queue to read, and what the last reading left. */
export interface Asked {
  name: string;
  source: ResolvedSource;
  mark?: Mark;
}

/** What came of it: why it could not be read, in plain words. */
export type Outcome = Read | { unreadable: string };

/** Reads queues. One that fails or hangs hinders no other. @param now milliseconds since the epoch */
export async function readAll(
  queues: Asked[],
  now: number,
  limitSeconds = LIMIT_SECONDS,
): Promise<Record<string, Outcome>> {
  const outcomes = await Promise.all(
    queues.map(async ({ name, source, mark }): Promise<[string, Outcome]> => {
      try {
        return [name, await within(limitSeconds, (signal) => read(source, mark, now, signal))];
      } catch (error) {
        const unreadable = error instanceof QueueUnreadable ? error.message : problemOf(error);
        return [name, { unreadable }];
      }
    }),
  );
  return Object.fromEntries(outcomes);
}

function read(source: ResolvedSource, mark: Mark | undefined, now: number, signal: AbortSignal): Promise<Read> {
  switch (source.kind) {
    case 'bull':
      return readBull(source, mark, now, signal);
    case 'bullmq':
      return readBullmq(source, mark, now, signal);
    case 'sqs':
      return readSqs(source, mark, now, signal);
    case 'http':
      return readHttp(source, mark, now, signal);
  }
}

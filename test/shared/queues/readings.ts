import type { Reading } from '../../../shared/queues/reading.ts';
import type { QueueWorkload } from '../../../shared/stage/compiled.ts';

export const START = Date.parse('2026-11-02T00:00:00Z');
export const MINUTE = 60_000;

/** What a queue was like so many minutes after the start; empty but for what is given. */
export function aReading(minute: number, reading: Partial<Reading> = {}): Reading {
  return { at: START + minute * MINUTE, waiting: 0, active: 0, delayed: 0, due: 0, failed: 0, ...reading };
}

/** A private queue of BullMQ whose workers are there: four jobs at once, half a minute each, two minutes to wait, 50 at most. */
export function aQueue({
  workers,
  scaling,
  ...rest
}: Partial<Omit<QueueWorkload, 'workers' | 'scaling'>> & {
  workers?: Partial<QueueWorkload['workers']>;
  scaling?: Partial<QueueWorkload['scaling']>;
} = {}): QueueWorkload {
  return {
    kind: 'queue',
    timezone: 'Asia/Seoul',
    source: {
      ...{ kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull' },
      redis: { host: '10.0.1.10', port: 6379, db: 0, tls: false, password: 'ssm:/lamplighter/dev/redis' },
    },
    isPrivate: true,
    workers: {
      ...{ cluster: 'crawler-workers', service: 'crawler-worker', concurrency: 4 },
      ...{ jobSeconds: 30, longestJobSeconds: 300, stopTimeoutSeconds: 120 },
      ...workers,
    },
    scaling: {
      ...{ by: 'backlog', waitSeconds: 120, min: 0, max: 50, floor: [], emptyMinutes: 10 },
      ...scaling,
    } as QueueWorkload['scaling'],
    runaway: { workers: 10, errorPercent: 10, minutes: 10 },
    ...rest,
  };
}

import type { QueueWorkload } from '../../shared/stage/compiled.ts';

/** A queue of BullMQ on a private Redis, whose workers are there already, scaled by backlog. */
export function aQueue(rest: Partial<QueueWorkload> = {}): QueueWorkload {
  return {
    kind: 'queue',
    timezone: 'Asia/Seoul',
    source: {
      kind: 'bullmq',
      name: 'crawl-jobs',
      prefix: 'bull',
      redis: { host: 'redis.example.internal', port: 6379, db: 0, tls: false },
    },
    isPrivate: true,
    workers: {
      cluster: 'crawler-workers',
      service: 'crawler-worker',
      concurrency: 4,
      besides: 0,
      jobSeconds: 30,
      longestJobSeconds: 120,
      stopTimeoutSeconds: 120,
      task: { vcpu: 1, gigabytes: 2, arm: false, spot: false },
    },
    scaling: { min: 0, max: 50, floor: [], emptyMinutes: 10, by: 'backlog', waitSeconds: 120 },
    runaway: { workers: 10, errorPercent: 10, minutes: 10 },
    alarms: { backlog: { warning: 100, critical: 500 }, workers: 40, memory: 80, errors: 10 },
    ...rest,
  };
}

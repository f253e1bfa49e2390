import type { QueueWorkload } from '../../../shared/stage/compiled.ts';

/** `crawl-jobs`: BullMQ on a private Redis, workers of 1 vCPU and 2 GB by their backlog, none to fifty. */
export function aQueue(queue: Partial<QueueWorkload> = {}): QueueWorkload {
  return {
    kind: 'queue',
    timezone: 'Asia/Seoul',
    source: {
      ...{ kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull' },
      redis: { host: '10.0.1.10', port: 6379, db: 0, password: 'ssm:/lamplighter/dev/redis', tls: false },
    },
    isPrivate: true,
    workers: {
      ...{ cluster: 'crawler-workers', service: 'crawler-worker', concurrency: 4 },
      ...{ jobSeconds: 30, longestJobSeconds: 90, stopTimeoutSeconds: 120 },
      task: { vcpu: 1, gigabytes: 2, arm: false, spot: false },
    },
    scaling: { by: 'backlog', waitSeconds: 120, min: 0, max: 50, floor: [], emptyMinutes: 10 },
    runaway: { workers: 10, errorPercent: 10, minutes: 10 },
    ...queue,
  };
}

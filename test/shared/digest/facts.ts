import { spanOf } from '../../../functions/send-digest/span.ts';
import type { Attention, Facts, QueueFacts, Span } from '../../../shared/digest/digest.ts';
import { because } from '../../../shared/reasons.ts';
import { aRun } from '../builders.ts';

export const DAY = spanOf('daily', Date.parse('2026-11-02T17:30:00+09:00'), 'Asia/Seoul');

export const CALM: Attention = { incidents: [], breakers: [], pauses: [], unpriced: [] };

/** A queue of which there is everything to tell. */
export const CRAWL: QueueFacts = {
  ...{ name: 'crawl', usd: 1.2, limit: 5 },
  days: {
    ...{ arrived: 900, done: 812, failed: 7, workerSeconds: 11_700, peakWorkers: 20, peakBacklog: 480 },
    ...{ unreadableMinutes: 12, cappedMinutes: 90 },
  },
};

/** A day on which everything happened that a digest can tell. */
export function someFacts(span: Span = DAY, facts: Partial<Facts> = {}): Facts {
  return {
    span,
    workloads: [
      {
        ...{ name: 'nightly', kind: 'batch', limit: 5, usd: 0.31 },
        outcomes: { succeeded: 4, failed: 1, 'timed-out': 1, aborted: 1, running: 1 },
        failed: [
          aRun({ status: 'failed', reason: because('jobEnded', 'Failed', 3) }),
          aRun({ status: 'timed-out', reason: because('jobTooLong') }),
          aRun({ status: 'aborted' }),
        ],
        skipped: [{ reason: 'closed: Culture Day', count: 2 }],
        took: { median: 3000, usual: 1500 },
        on: { seconds: 9000, of: 63_000, unseen: 600 },
      },
      {
        ...{ name: 'chat-app', kind: 'environment', outcomes: {}, failed: [], skipped: [], usd: 0 },
        on: { seconds: 0, of: 63_000, unseen: 0 },
      },
    ],
    services: [],
    queues: [],
    spend: {
      ...{
        usd: 0.31,
        asOf: '2026-11-02T08:25:00.000Z',
        unknown: ['chat-app: db.t3.medium'],
        alwaysOn: 1.24,
        limit: 20,
      },
      most: { day: '2026-11-01', usd: 0.4 },
    },
    attention: {
      incidents: [
        { workload: 'nightly', title: 'nightly 02:00 failed', severity: 'warning', openedAt: DAY.to - 3_600_000 },
        { workload: 'x', title: 'y', severity: 'critical', openedAt: DAY.to, acknowledgedBy: 'kim' },
      ],
      breakers: [{ workload: 'nightly', failures: 3 }],
      pauses: [
        { by: 'kim', why: 'move' },
        { workload: 'nightly', by: 'lee', why: 'look', until: '2026-11-03T00:00:00Z' },
      ],
      unpriced: ['chat-app: db.t3.medium'],
    },
    picture: {
      ...{ month: '2026-11', limit: 20 },
      days: [{ day: '2026-11-02', workloads: { nightly: { hours: 2.5, usd: 0.31 } } }],
    },
    ...facts,
  };
}

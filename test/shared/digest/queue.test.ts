import { describe, expect, test } from '@jest/globals';
import { digestNotice } from '../../../shared/digest/notice.ts';
import { queueLines, queueTitleOf } from '../../../shared/digest/queue.ts';
import { spendFacts } from '../../../shared/digest/spend.ts';
import { aQueue, aStage, aWorkload } from '../builders.ts';
import { aDay } from '../cost/ledger-days.ts';
import { CRAWL, DAY, someFacts } from './facts.ts';

const stage = aStage({ workloads: {}, queues: { crawl: aQueue() } });
const queues = [CRAWL];

describe('queues in a digest', () => {
  test('what was done, by how many workers, what went wrong and what it has cost', () => {
    const what =
      '812 jobs done, 7 failed, 3.3 worker-hours, at most 20 workers, at most 480 jobs that wanted a worker, ' +
      'not to be read for 12 min, workers held down for 90 min, spent $1.20, limit $5.00 a day';
    expect(queueLines(queues, DAY, stage)).toEqual([`crawl, since midnight: ${what}`]);
    expect(queueLines(queues, { ...DAY, period: 'weekly' }, stage)).toEqual([`crawl: ${what}`]);
  });

  test('a calm day - nothing is said of what was not', () => {
    const calm = { arrived: 0, done: 0, failed: 0, workerSeconds: 0, peakWorkers: 0, peakBacklog: 0 };
    const days = { ...calm, unreadableMinutes: 0, cappedMinutes: 0 };
    expect(queueLines([{ name: 'crawl', days }], DAY, stage)).toEqual([
      'crawl, since midnight: 0 jobs done, 0.0 worker-hours, at most 0 workers',
    ]);
  });

  test('nobody has counted - said', () => {
    expect(queueLines([{ name: 'crawl' }], DAY, stage)).toEqual(['crawl, since midnight: nobody has counted']);
  });

  test('the title - of jobs in a stage of queues alone, and of runs in any other', () => {
    expect(digestNotice(someFacts(DAY, { queues }), stage).title).toBe('Daily digest: 812 jobs done, 7 failed');
    expect(queueTitleOf(someFacts(DAY, { queues }), { ...stage, workloads: { nightly: aWorkload() } })).toBeUndefined();
  });
});

describe('what was spent, beside always on', () => {
  const prices = { 't3.medium': 0.05 };
  const nightly = aWorkload({ instance: { id: 'i-1', type: 't3.medium' } });
  const days = [aDay('2026-11-02', { nightly: { usd: 0.1 }, crawl: { usd: 3 } })];

  test('what workers have cost - is on both sides: it is neither saved nor wasted', () => {
    const spend = spendFacts(days, DAY, { ...stage, prices, workloads: { nightly } });
    expect(spend).toMatchObject({ usd: 3.1, alwaysOn: 12 * 0.05 + 3 });
  });

  test('workers alone - nothing is compared', () => {
    expect(spendFacts(days, DAY, stage)?.alwaysOn).toBe(0);
  });
});

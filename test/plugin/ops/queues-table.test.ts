import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { QueueStatus } from '../../../functions/show-status/contract.ts';
import { renderStatus } from '../../../plugin/ops/status-table.ts';
import { AT, aQueueStatus, aStatus } from './context.ts';

/** The cells of the one queue, each with its lines joined. */
function cells(more: Partial<QueueStatus>): string[] {
  const text = renderStatus(aStatus({}, { queues: { crawl: aQueueStatus(more) } }));
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) => line.split('│').slice(1, -1));
  const [, ...lines] = rows;
  return (lines[0] ?? []).map((_, column) =>
    lines
      .map((line) => line[column]?.trim() ?? '')
      .filter(Boolean)
      .join(' '),
  );
}

describe('a queue, in the status', () => {
  test('at work - jobs, workers and their limits, what was done and what it has cost', () => {
    const [name, now, jobs, workers, today] = cells({
      today: { usd: 0.18, onSeconds: 11_700, asOf: AT, unknown: ['no price for workers.task'], limit: 5 },
    });
    expect(name).toBe('crawl queue');
    expect(now).toBe('working seen 10:00');
    expect(jobs).toBe('72 waiting, 48 active 3 delayed 2 failed oldest 95 s');
    expect(workers).toBe('12 running, 1 starting 12 wanted 0 to 50');
    expect(today).toBe('800 done, 2 failed 3.25 worker-hours, 20 at once $0.18 of $5.00 + ?');
  });

  test('unreadable - since when and why; how many jobs there are is not shown as if it were known', () => {
    const [, now, jobs] = cells({ now: 'unreadable', why: 'wrong password', since: '2026-11-02T09:55:00+09:00' });
    expect([now, jobs]).toEqual(['unreadable since 09:55 wrong password seen 10:00', '?']);
  });

  test('held down, and paused - in words', () => {
    const notes = cells({
      limits: { min: 0, max: 10, grows: false, shrinks: true },
      capped: { since: '2026-11-02T09:40:00+09:00', why: 'errors' },
      words: [{ act: 'pause', by: 'ana', why: 'a migration', at: AT }],
      overBudget: { until: '2026-11-03T00:00:00+09:00', usd: 5.2, limit: 5 },
    }).at(-1);
    expect(notes).toBe(
      'held down to 10 since 09:40: too many jobs fail no worker is added over budget, $5.20 of $5.00: nothing starts ' +
        'until 11-03 00:00 or resumed paused by ana: a migration',
    );
  });

  test('nobody saw the workers - not known, and not none', () => {
    const { workers: _, limits: __, wanted: ___, ...seen } = aQueueStatus();
    const text = renderStatus(aStatus({}, { queues: { crawl: seen } }));
    expect(text).toContain('? running');
    expect(text).toContain('up to 50');
  });

  test('the table in the guide - is what is shown', () => {
    const since = '2026-11-02T09:40:00+09:00';
    const crawl = aQueueStatus({
      ...{ workers: { running: 10, pending: 0, desired: 10 }, wanted: 27.2 },
      limits: { min: 0, max: 10, grows: true, shrinks: true },
      capped: { since, why: 'errors' },
      depth: {
        ...{ at: AT, backlog: 120, waiting: 80, active: 40, due: 0, delayed: 12, failed: 31, oldestSeconds: 540 },
        ...{ errorPercent: 18.2, memoryPercent: 41 },
      },
      today: { usd: 0.18, onSeconds: 11_700, asOf: AT, unknown: [], limit: 5 },
      incidents: [{ workload: 'crawl', severity: 'critical', title: 'crawl: workers held down', since, count: 1 }],
    });
    const [, , ...table] = renderStatus(aStatus({}, { queues: { crawl } })).split('\n');
    expect(readFileSync('docs/guide.md', 'utf8')).toContain(table.join('\n'));
  });

  test('a stage without queues - no table of them', () => {
    expect(renderStatus(aStatus({}))).not.toContain('queue');
  });
});

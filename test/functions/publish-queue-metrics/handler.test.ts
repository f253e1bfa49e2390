import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { publishQueueMetrics } from '../../../functions/publish-queue-metrics/handler.ts';
import { publishMetrics } from '../../../shared/queues/emf.ts';
import type { Outcome } from '../../../shared/queues/read.ts';
import { aStage } from '../../shared/builders.ts';

const NOW = Date.parse('2026-11-02T00:00:00Z');
const READ: Outcome = {
  reading: { at: NOW, waiting: 7, active: 2, delayed: 5, due: 1, oldestSeconds: 0, errorPercent: 12.5 },
  mark: { at: NOW, inside: 15 },
};
const SOURCE = { kind: 'bull' as const, name: 'q', prefix: 'bull', redis: redisWith('hunter2') };

function redisWith(password: string) {
  return { host: 'redis.internal', port: 6379, db: 0, tls: false, password };
}

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function publish(outcomes: Record<string, Outcome>) {
  const lines: string[] = [];
  const answer = await publishQueueMetrics(
    { queues: Object.keys(outcomes).map((name) => ({ name, source: SOURCE })) },
    {
      readAll: async () => outcomes,
      publishMetrics: (stage, queue, metrics, now) =>
        publishMetrics(stage, queue, metrics, now, (line) => lines.push(line)),
      stage: () => aStage(),
      now: () => NOW,
    },
  );
  return { answer, lines, published: lines.map((line) => JSON.parse(line)) };
}

test('a queue that was read - is published with what is known of it, and answered', async () => {
  const { answer, published } = await publish({ crawl: READ });
  expect(answer).toEqual({ queues: { crawl: READ } });
  const { _aws, ...values } = published[0];
  expect(values).toEqual({
    ...{ Stage: 'dev', Queue: 'crawl', Waiting: 7, Active: 2, Delayed: 5, Due: 1, Backlog: 10 },
    ...{ OldestAge: 0, ErrorRate: 12.5 },
  });
  expect(_aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name)).toEqual(
    Object.keys(values).filter((name) => !['Stage', 'Queue'].includes(name)),
  );
});

test('a queue that could not be read - publishes that and nothing else, and hinders no other', async () => {
  const { answer, published } = await publish({ mails: { unreadable: 'refuses connections' }, crawl: READ });
  expect(answer.queues['mails']).toEqual({ unreadable: 'refuses connections' });
  expect(published).toMatchObject([
    { Queue: 'mails', Unreadable: 1 },
    { Queue: 'crawl', Backlog: 10 },
  ]);
  const { _aws, ...values } = published[0];
  expect(Object.keys(values)).toEqual(['Stage', 'Queue', 'Unreadable']);
  expect(console.error).toHaveBeenCalledWith('{"queue":"mails","unreadable":"refuses connections"}');
});

test('secrets - are in no line', async () => {
  const { lines } = await publish({ crawl: READ, mails: { unreadable: 'its user or password is refused' } });
  const logged = jest.mocked(console.error).mock.calls.flat().join();
  expect(`${lines}${logged}`).not.toContain('hunter2');
});

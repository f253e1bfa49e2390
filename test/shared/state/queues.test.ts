import { afterAll, describe, expect, test } from '@jest/globals';
import type { QueueDay } from '../../../shared/queues/day.ts';
import { aNotice } from '../builders.ts';
import { startDatabase } from './database.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-02T00:00:00Z');
const database = await startDatabase();
const { claimMinute, getQueues, NOTHING_REMEMBERED, putQueueDay, putQueues, queueDaysBetween } = await import(
  '../../../shared/state/queues.ts'
);

afterAll(() => database.stop());

test('a minute - is taken once, and none before it', async () => {
  expect(await claimMinute(START)).toBe(true);
  expect(await claimMinute(START)).toBe(false);
  expect(await claimMinute(START + MINUTE)).toBe(true);
  expect(await claimMinute(START)).toBe(false);
});

describe('what is remembered', () => {
  test('nothing yet - nothing', async () => {
    expect(await getQueues()).toEqual({ at: 0, version: 0, queues: {}, untold: [] });
  });

  test('two that write at once - the second is refused', async () => {
    const untold = [aNotice()];
    await putQueues({ at: START, queues: { crawl: NOTHING_REMEMBERED }, untold }, 0);
    await expect(putQueues({ at: START, queues: {}, untold: [] }, 0)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect(await getQueues()).toEqual({ at: START, version: 1, queues: { crawl: NOTHING_REMEMBERED }, untold });
  });
});

test('days that are over - from one to another, of one queue, oldest first', async () => {
  const day = (of: string): QueueDay => ({
    ...{ day: of, arrived: 9, done: 8, failed: 1, workerSeconds: 3600, peakWorkers: 5, peakBacklog: 500 },
    ...{ unreadableMinutes: 0, cappedMinutes: 0 },
  });
  for (const of of ['2026-11-03', '2026-11-01', '2026-11-02']) await putQueueDay('crawl', day(of));
  await putQueueDay('mail', day('2026-11-02'));
  expect(await queueDaysBetween('crawl', '2026-11-01', '2026-11-02')).toMatchObject([
    { ...day('2026-11-01'), expiresAt: Date.parse('2026-11-01') / 1000 + 400 * 86_400 },
    day('2026-11-02'),
  ]);
});

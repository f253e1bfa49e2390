import { afterEach, expect, jest, test } from '@jest/globals';
import { cleanQueue } from '../../../functions/clean-queue/handler.ts';
import type { cleanJobs as real } from '../../../shared/queues/clean.ts';
import { aSource } from '../../queues/sources.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

test('a queue is cleaned - what was removed is answered and logged, without the secret', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const cleaned = { completed: 3, failed: 1, memoryPercent: 61.5, more: true };
  const cleanJobs = jest.fn<typeof real>(async () => cleaned);
  const source = aSource('bull', 'crawl-jobs', { password: 'hunter2' });

  await expect(cleanQueue({ name: 'crawl', source, olderThanSeconds: 86_400 }, { cleanJobs })).resolves.toEqual(
    cleaned,
  );

  expect(cleanJobs).toHaveBeenCalledWith(source, 86_400);
  expect(log.mock.calls).toEqual([[JSON.stringify({ queue: 'crawl', ...cleaned })]]);
});

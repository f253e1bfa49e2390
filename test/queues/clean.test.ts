import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Bull from 'bull';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { cleanJobs } from '../../shared/queues/clean.ts';
import { describeWithRedis, type RedisServer, startRedis } from './redis.ts';
import { aSource } from './sources.ts';

describeWithRedis('cleaning', () => {
  let server: RedisServer;
  let redis: Redis;
  const open: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis({ port: server.port });
  });
  beforeEach(() => redis.flushall());
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.remove();
  });

  /** Four jobs: two completed, one failed, one waits. */
  const filled = {
    bull: async () => {
      const queue = new Bull('crawl', { redis: { host: '127.0.0.1', port: server.port } });
      open.push(queue);
      await queue.addBulk(Array.from({ length: 4 }, () => ({ data: {} })));
      for (const n of [1, 2, 3]) {
        const job = await queue.getNextJob();
        if (n < 3) await job?.moveToCompleted('done', false, true);
        else await job?.moveToFailed({ message: 'no page' });
      }
      return { counts: () => queue.getJobCounts(), log: () => queue.getJobs(['completed', 'failed']) };
    },
    bullmq: async () => {
      const connection = { host: '127.0.0.1', port: server.port };
      const queue = new Queue('crawl', { connection });
      const worker = new Worker('crawl', undefined, { connection, autorun: false });
      open.push(queue, worker);
      await queue.addBulk(Array.from({ length: 4 }, () => ({ name: 'page', data: {} })));
      for (const n of [1, 2, 3]) {
        const job = await worker.getNextJob('token');
        if (n < 3) await job?.moveToCompleted('done', 'token', false);
        else await job?.moveToFailed(new Error('no page'), 'token', false);
      }
      return { counts: () => queue.getJobCounts(), log: () => queue.getJobs(['completed', 'failed']) };
    },
  };
  const later = () => new Promise((resolve) => setTimeout(resolve, 5));

  describe.each(['bull', 'bullmq'] as const)('%s', (kind) => {
    const source = () => aSource(kind, 'crawl', { port: server.port });

    test('jobs that ended long ago - are removed with all that belongs to them, and no other', async () => {
      const { counts, log } = await filled[kind]();
      await later();
      expect(await cleanJobs(source(), 0)).toEqual({ completed: 2, failed: 1, more: false });
      expect(await counts()).toMatchObject({ waiting: 1, active: 0, completed: 0, failed: 0 });
      expect(await log()).toEqual([]);
      expect(await redis.keys('bull:crawl:[0-9]*')).toEqual(['bull:crawl:4']);
    });

    test('jobs that ended lately - are kept', async () => {
      const { counts } = await filled[kind]();
      expect(await cleanJobs(source(), 60)).toEqual({ completed: 0, failed: 0, more: false });
      expect(await counts()).toMatchObject({ waiting: 1, completed: 2, failed: 1 });
    });

    test('more than one portion - all of them', async () => {
      await filled[kind]();
      await later();
      expect(await cleanJobs(source(), 0, { batch: 1 })).toEqual({ completed: 2, failed: 1, more: false });
    });

    test('the time is up - the rest is left, and said', async () => {
      const { counts } = await filled[kind]();
      await later();
      expect(await cleanJobs(source(), 0, { batch: 1, budgetMs: 0 })).toEqual({ completed: 0, failed: 0, more: true });
      expect(await counts()).toMatchObject({ completed: 2, failed: 1 });
    });
  });

  test('a limit of memory - how much is used afterwards', async () => {
    await redis.config('SET', 'maxmemory', '512mb');
    const cleaned = await cleanJobs(aSource('bull', 'crawl', { port: server.port }), 0);
    await redis.config('SET', 'maxmemory', '0');
    expect(cleaned).toMatchObject({ memoryPercent: expect.any(Number), more: false });
  });

  test.each(['bull', 'bullmq'] as const)('%s, a user that may do no more than that - is cleaned', async (kind) => {
    const { counts } = await filled[kind]();
    await later();
    await redis.acl('SETUSER', 'cleaner', 'on', '>secret', '~bull:*', '+@read', '+@write', '+eval', '+info');
    const user = { username: 'cleaner', password: 'secret' };
    await cleanJobs(aSource(kind, 'crawl', { port: server.port, ...user }), 0);
    expect(await counts()).toMatchObject({ waiting: 1, completed: 0, failed: 0 });
  });

  test('it may not be written - QueueUnreadable, in plain words', async () => {
    await redis.acl('SETUSER', 'reader', 'on', '>secret', '~*', '+@read');
    const source = aSource('bullmq', 'crawl', { port: server.port, username: 'reader', password: 'secret' });
    await expect(cleanJobs(source, 0)).rejects.toMatchObject({
      name: 'QueueUnreadable',
      message: 'its user may not do that: NOPERM',
    });
  });
});

test('a queue that is in no Redis - InvalidInput', async () => {
  await expect(cleanJobs({ kind: 'http', url: 'http://127.0.0.1/' }, 0)).rejects.toMatchObject({
    name: 'InvalidInput',
  });
});

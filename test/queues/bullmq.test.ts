import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { FlowProducer, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { readAll } from '../../shared/queues/read.ts';
import type { Mark } from '../../shared/queues/reading.ts';
import { describeWithRedis, type RedisServer, startRedis } from './redis.ts';
import { aSource } from './sources.ts';

describeWithRedis('a queue of BullMQ', () => {
  let server: RedisServer;
  let next = 0;
  const open: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  afterAll(() => server?.remove());

  const connection = () => ({ host: '127.0.0.1', port: server.port });
  const opened = <One extends { close(): Promise<unknown> }>(one: One): One => {
    open.push(one);
    return one;
  };
  const aQueue = () => opened(new Queue(`crawl-${next++}`, { connection: connection() }));
  const hands = (queue: Queue) =>
    opened(new Worker(queue.name, undefined, { connection: connection(), autorun: false, concurrency: 1 }));
  async function look(queue: Queue, mark?: Mark, now = Date.now()) {
    const source = aSource('bullmq', queue.name, { port: server.port });
    const { read } = await readAll([{ name: 'read', source, ...(mark && { mark }) }], now, 20);
    if (!read || 'unreadable' in read) throw new Error(read?.unreadable);
    return read;
  }
  async function end(queue: Queue, how: 'completed' | 'failed', reason = 'no page') {
    const job = await hands(queue).getNextJob('token');
    if (how === 'completed') await job?.moveToCompleted('done', 'token', false);
    else await job?.moveToFailed(new Error(reason), 'token', false);
  }

  test('jobs of every kind - each is counted once, as the library does', async () => {
    const queue = aQueue();
    const flow = opened(new FlowProducer({ connection: connection() }));
    await queue.addBulk(Array.from({ length: 6 }, (_, n) => ({ name: 'page', data: { n } })));
    await end(queue, 'completed');
    await end(queue, 'failed');
    await hands(queue).getNextJob('token');
    await queue.add('soon', {}, { delay: 1 });
    await queue.add('later', {}, { delay: 3_600_000 });
    await queue.add('urgent', {}, { priority: 1 });
    await queue.add('some day', {}, { priority: 1000 });
    await flow.add({
      name: 'parent',
      queueName: queue.name,
      children: [{ name: 'child', queueName: `${queue.name}-b` }],
    });
    await sleep(5);

    const { reading, mark } = await look(queue);

    const { waiting, prioritized, active, delayed, failed, ...rest } = await queue.getJobCounts();
    expect(rest['waiting-children']).toBe(1);
    expect(reading).toMatchObject({ waiting: 5, active: 1, delayed: 1, due: 1, failed: 1 });
    expect(reading.waiting).toBe((waiting ?? 0) + (prioritized ?? 0));
    expect([reading.active, reading.delayed + reading.due, reading.failed]).toEqual([active, delayed, failed]);
    expect(mark).toEqual({ at: reading.at, added: 11, inside: 9, failed: 1 });
  });

  test('an empty queue - zeros, and nothing that is not known', async () => {
    const { reading } = await look(aQueue());
    expect(reading).toEqual({ at: reading.at, waiting: 0, active: 0, delayed: 0, due: 0, failed: 0, oldestSeconds: 0 });
  });

  test('a paused queue - its jobs want no worker', async () => {
    const queue = aQueue();
    await queue.add('page', {});
    await queue.add('urgent', {}, { priority: 1 });
    await queue.add('soon', {}, { delay: 1 });
    await queue.pause();
    await sleep(5);
    const paused = await look(queue);
    expect(paused.reading).toMatchObject({ waiting: 0, due: 0, delayed: 0, paused: 3, oldestSeconds: 0 });
    expect(paused.mark.inside).toBe(3);
    await queue.resume();
    expect((await look(queue)).reading).toMatchObject({ waiting: 2, due: 1 });
  });

  test('completed jobs that are not kept - are counted all the same', async () => {
    const queue = aQueue();
    const options = { removeOnComplete: true };
    await queue.addBulk(Array.from({ length: 4 }, () => ({ name: 'page', data: {}, opts: options })));
    const { mark } = await look(queue, undefined, Date.now() - 120_000);
    await queue.addBulk(Array.from({ length: 5 }, () => ({ name: 'page', data: {}, opts: options })));
    for (const how of ['completed', 'completed', 'completed', 'failed'] as const) await end(queue, how);

    const { reading } = await look(queue, mark, mark.at + 120_000 + 5000);

    expect(await queue.getCompletedCount()).toBe(0);
    expect(reading.errorPercent).toBe(25);
    const minutes = (reading.at - mark.at) / 60_000;
    expect(
      [reading.arrivals, reading.completions, reading.failures].map((rate) => Math.round((rate ?? 0) * minutes)),
    ).toEqual([5, 3, 1]);
  });

  test('under load - nothing is counted twice or forgotten', async () => {
    const queue = aQueue();
    const jobs = 1500;
    const worker = opened(
      new Worker(queue.name, () => sleep(1), {
        ...{ connection: connection(), concurrency: 20, removeOnComplete: { count: 0 } },
      }),
    );
    const adding = (async () => {
      for (let n = 0; n < jobs; n += 50)
        await queue.addBulk(Array.from({ length: 50 }, () => ({ name: 'page', data: {} })));
    })();
    let mark: Mark | undefined = { at: Date.now() - 1, added: 0, inside: 0, failed: 0 };
    const sums = { arrivals: 0, completions: 0 };
    for (let isDone = false; !isDone; ) {
      const before: Mark | undefined = mark;
      const read = await look(queue, before);
      const minutes = (read.mark.at - (before?.at ?? 0)) / 60_000;
      sums.arrivals += (read.reading.arrivals ?? 0) * minutes;
      sums.completions += (read.reading.completions ?? 0) * minutes;
      mark = read.mark;
      expect(read.reading.active).toBeLessThanOrEqual(20);
      isDone = read.mark.added === jobs && read.mark.inside === 0;
      await sleep(20);
    }
    await adding;
    expect([Math.round(sums.arrivals), Math.round(sums.completions)]).toEqual([jobs, jobs]);
    expect(worker.isRunning()).toBe(true);
  });

  test('jobs that wait - the oldest is told, behind priorities and delays too', async () => {
    const queue = aQueue();
    const now = Date.now();
    await queue.add('page', {}, { timestamp: now - 40_000 });
    expect((await look(queue, undefined, now)).reading.oldestSeconds).toBe(40);
    await queue.add('starved', {}, { priority: 900, timestamp: now - 90_000 });
    await queue.add('urgent', {}, { priority: 1, timestamp: now - 10_000 });
    expect((await look(queue, undefined, now)).reading.oldestSeconds).toBe(90);
    await queue.add('delayed', {}, { delay: 60_000, timestamp: now - 200_000 });
    expect((await look(queue, undefined, now)).reading.oldestSeconds).toBe(140);
  });

  test('jobs that fail and are tried again at once - their reasons too', async () => {
    const queue = aQueue();
    await queue.addBulk(Array.from({ length: 12 }, () => ({ name: 'page', data: {}, opts: { attempts: 99 } })));
    await end(queue, 'failed', 'browser crashed');
    expect((await look(queue)).reading).toMatchObject({
      ...{ waiting: 12, failed: 0 },
      reasons: [{ reason: 'browser crashed', times: 1 }],
    });
  });

  test('a job that was delayed, and one that is tried again - have waited since then', async () => {
    const [queue, other] = [aQueue(), aQueue()];
    const now = Date.now();
    const delayed = await queue.add('page', {}, { delay: 60_000, timestamp: now - 200_000 });
    await delayed.promote();
    expect((await look(queue, undefined, now)).reading).toMatchObject({ waiting: 1, oldestSeconds: 140 });
    await other.add('page', {}, { attempts: 2, timestamp: now - 200_000 });
    await end(other, 'failed');
    expect((await look(other)).reading.oldestSeconds).toBeLessThan(60);
  });

  test('failed jobs were removed meanwhile - those that failed since are counted', async () => {
    const queue = aQueue();
    await queue.add('page', {});
    await end(queue, 'failed');
    const mark = { at: Date.now() - 60_000, added: 0, inside: 0, failed: 30 };
    const { failures = 0 } = (await look(queue, mark)).reading;
    expect(Math.round(failures)).toBe(1);
  });

  test('the newest job is taken first - the oldest is told all the same', async () => {
    const queue = aQueue();
    const now = Date.now();
    await queue.add('page', {}, { timestamp: now - 40_000 });
    await queue.add('urgent', {}, { timestamp: now - 1000, lifo: true });
    expect((await look(queue, undefined, now)).reading.oldestSeconds).toBe(40);
  });

  test('the marker of an earlier version behind the list - is no job', async () => {
    const queue = aQueue();
    await queue.add('page', {});
    const redis = new Redis({ port: server.port });
    opened({ close: () => redis.quit() });
    await redis.rpush(`bull:${queue.name}:wait`, '0:1700000000000');
    const { reading, mark } = await look(queue);
    expect([reading.waiting, mark.inside]).toEqual([1, 1]);
    // It is still there: whoever reads does not touch.
    expect(await redis.llen(`bull:${queue.name}:wait`)).toBe(2);
  });

  test('jobs that fail - their reasons, the most frequent first, also of those that are tried again', async () => {
    const queue = aQueue();
    const retried = { attempts: 3, backoff: 60_000 };
    const fails = ['timeout of 3000 ms', 'no page', 'timeout of 5000 ms', 'redis://me:secret@db/1?token=secret'];
    for (const [index, reason] of fails.entries()) {
      await queue.add('page', {}, index === 0 ? retried : {});
      await end(queue, 'failed', reason);
    }
    expect((await look(queue)).reading.reasons).toEqual([
      { reason: expect.stringMatching(/^timeout of \d000 ms$/), times: 2 },
      { reason: 'redis://…@db/1?…', times: 1 },
      { reason: 'no page', times: 1 },
    ]);
    expect((await look(queue, undefined, Date.now() + 3_600_000)).reading.reasons).toEqual([
      { reason: 'timeout of 3000 ms', times: 1 },
    ]);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import Queue, { type Job } from 'bull';
import { readAll } from '../../shared/queues/read.ts';
import type { Mark } from '../../shared/queues/reading.ts';
import { describeWithRedis, type RedisServer, startRedis } from './redis.ts';
import { aSource } from './sources.ts';

describeWithRedis('a queue of Bull', () => {
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

  const aQueue = () => {
    const queue = new Queue(`crawl-${next++}`, { redis: { host: '127.0.0.1', port: server.port } });
    open.push(queue);
    return queue;
  };
  async function look(queue: Queue.Queue, mark?: Mark, now = Date.now()) {
    const source = aSource('bull', queue.name, { port: server.port });
    const { read } = await readAll([{ name: 'read', source, ...(mark && { mark }) }], now, 20);
    if (!read || 'unreadable' in read) throw new Error(read?.unreadable);
    return read;
  }
  /** Takes a job, if there is none yet, and ends it. */
  async function end(queue: Queue.Queue, how: 'completed' | 'failed', taken?: Job | null) {
    const job = taken ?? (await queue.getNextJob());
    if (how === 'completed') await job?.moveToCompleted('done', false, true);
    else await job?.moveToFailed({ message: 'no page' });
  }

  test('jobs of every kind - each is counted once, as the library does', async () => {
    const queue = aQueue();
    await queue.addBulk(Array.from({ length: 6 }, (_, n) => ({ data: { n } })));
    await end(queue, 'completed');
    await end(queue, 'failed');
    await queue.getNextJob();
    await queue.add({}, { delay: 200 });
    await queue.add({}, { delay: 3_600_000 });
    await queue.add({}, { priority: 1 });
    await queue.add({}, { priority: 1000 });

    const { reading, mark } = await look(queue, undefined, Date.now() + 1000);

    expect(reading).toMatchObject({ waiting: 5, active: 1, delayed: 1, due: 1, failed: 1 });
    expect(await queue.getJobCounts()).toMatchObject({ waiting: 5, active: 1, delayed: 2, failed: 1, completed: 1 });
    expect(mark).toEqual({ at: reading.at, added: 10, inside: 8, failed: 1 });
  });

  test('a paused queue - its jobs want no worker', async () => {
    const queue = aQueue();
    await queue.add({});
    await queue.add({}, { delay: 500 });
    await queue.pause();
    await queue.add({});
    const now = Date.now() + 1000;
    const paused = await look(queue, undefined, now);
    expect(paused.reading).toMatchObject({ waiting: 0, due: 0, delayed: 0, paused: 3, oldestSeconds: 0 });
    expect(paused.mark.inside).toBe(3);
    await queue.resume();
    expect((await look(queue, undefined, now)).reading).toMatchObject({ waiting: 2, due: 1 });
  });

  test('completed jobs that are not kept - are counted all the same', async () => {
    const queue = aQueue();
    const opts = { removeOnComplete: true };
    await queue.addBulk(Array.from({ length: 4 }, () => ({ data: {}, opts })));
    const { mark } = await look(queue, undefined, Date.now() - 120_000);
    await queue.addBulk(Array.from({ length: 5 }, () => ({ data: {}, opts })));
    for (const how of ['completed', 'completed', 'completed', 'failed'] as const) await end(queue, how);

    const { reading } = await look(queue, mark, mark.at + 125_000);

    expect(await queue.getCompletedCount()).toBe(0);
    expect(reading.errorPercent).toBe(25);
    const minutes = (reading.at - mark.at) / 60_000;
    const rates = [reading.arrivals, reading.completions, reading.failures];
    expect(rates.map((rate) => Math.round((rate ?? 0) * minutes))).toEqual([5, 3, 1]);
    expect(reading.reasons).toEqual([{ reason: 'no page', times: 1 }]);
  });

  test('under load - nothing is counted twice or forgotten', async () => {
    const queue = aQueue();
    const jobs = 600;
    void queue.process(20, () => sleep(1));
    const adding = (async () => {
      for (let n = 0; n < jobs; n += 50)
        await queue.addBulk(Array.from({ length: 50 }, () => ({ data: {}, opts: { removeOnComplete: true } })));
    })();
    let mark: Mark = { at: Date.now() - 1, added: 0, inside: 0, failed: 0 };
    const sums = { arrivals: 0, completions: 0 };
    while (mark.added !== jobs || mark.inside > 0) {
      await sleep(20);
      const read = await look(queue, mark);
      const minutes = (read.mark.at - mark.at) / 60_000;
      sums.arrivals += (read.reading.arrivals ?? 0) * minutes;
      sums.completions += (read.reading.completions ?? 0) * minutes;
      expect(read.reading.active).toBeLessThanOrEqual(20);
      mark = read.mark;
    }
    await adding;
    expect([Math.round(sums.arrivals), Math.round(sums.completions)]).toEqual([jobs, jobs]);
  });

  test('jobs that wait - the oldest is told, behind priorities and delays too', async () => {
    const queue = aQueue();
    const now = Date.now();
    // Bull takes the time from its options, though its types do not know.
    const add = (options: Queue.JobOptions & { timestamp: number }) => queue.add({}, options);
    await add({ timestamp: now - 40_000 });
    expect((await look(queue, undefined, now)).reading.oldestSeconds).toBe(40);
    await add({ priority: 9, timestamp: now - 90_000 });
    await add({ priority: 1, timestamp: now - 10_000 });
    expect((await look(queue, undefined, now)).reading.oldestSeconds).toBe(90);
    await add({ delay: 60_000, timestamp: now - 200_000 });
    expect((await look(queue, undefined, now)).reading.oldestSeconds).toBe(140);
  });
});

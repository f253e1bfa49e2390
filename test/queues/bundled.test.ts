import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Queue } from 'bullmq';
import { bundle } from '../../bundling/build.ts';
import { run } from '../bundling/run.ts';
import { aStage } from '../shared/builders.ts';
import { describeWithRedis, type RedisServer, startRedis } from './redis.ts';
import { aSource } from './sources.ts';

describeWithRedis('the functions as they are deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-queues-'));
  const env = { STAGE_FILE: resolve(folder, 'stage.json') };
  let server: RedisServer;

  beforeAll(async () => {
    writeFileSync(env.STAGE_FILE, JSON.stringify(aStage()));
    server = await startRedis();
    const queue = new Queue('crawl', { connection: { port: server.port } });
    await queue.addBulk([1, 2, 3].map((n) => ({ name: 'page', data: { n }, opts: { priority: n === 3 ? 1 : 0 } })));
    await queue.close();
  });
  afterAll(async () => {
    await server?.remove();
    rmSync(folder, { recursive: true });
  });

  test('queues that can be read and queues that cannot, each in its way - one answer, and the process lives', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    const rude = createServer((socket) => socket.resetAndDestroy()).listen(0, '127.0.0.1');
    await Promise.all([once(silent, 'listening'), once(rude, 'listening')]);
    const portOf = (one: typeof silent) => (one.address() as AddressInfo).port;
    const sources = {
      crawl: aSource('bullmq', 'crawl', { port: server.port }),
      mails: aSource('bull', 'mails', { port: server.port }),
      refuses: aSource('bull', 'crawl', { port: 1 }),
      resets: aSource('bullmq', 'crawl', { port: portOf(rude) }),
      hangs: aSource('bull', 'crawl', { port: portOf(silent) }),
      halfTls: aSource('bull', 'crawl', { port: portOf(silent), tls: true }),
      unknown: aSource('bull', 'crawl', { host: 'redis.invalid' }),
    };
    const queues = Object.entries(sources).map(([name, source]) => ({ name, source }));

    const outcome = await run(await bundle('functions/publish-queue-metrics/handler.ts', folder), { queues }, env);

    for (const socket of sockets) socket.destroy();
    silent.close();
    rude.close();
    expect(outcome).toMatchObject({
      result: {
        queues: {
          crawl: { reading: { waiting: 3, active: 0 }, mark: { added: 3, inside: 3 } },
          mails: { reading: { waiting: 0 } },
          refuses: { unreadable: 'refuses connections' },
          resets: { unreadable: 'hangs up' },
          hangs: { unreadable: 'no answer within 5 seconds' },
          halfTls: { unreadable: 'no answer within 5 seconds' },
          unknown: { unreadable: 'its name is not known' },
        },
      },
    });
  });

  test('a queue is cleaned - by the script that is in the zip', async () => {
    const event = { name: 'crawl', source: aSource('bullmq', 'crawl', { port: server.port }), olderThanSeconds: 60 };
    const outcome = await run(await bundle('functions/clean-queue/handler.ts', folder), event, env);
    expect(outcome).toEqual({ result: { completed: 0, failed: 0, more: false } });
  });
});

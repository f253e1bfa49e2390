import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { type Outcome, readAll } from '../../shared/queues/read.ts';
import type { RedisSource } from '../../shared/queues/source.ts';
import { selfSigned } from '../channels/self-signed.ts';
import { eventually } from '../shared/eventually.ts';
import { describeWithRedis, type RedisServer, startRedis } from './redis.ts';
import { aSource } from './sources.ts';

const KINDS = ['bull', 'bullmq'] as const;
const SECRET = 'correct horse battery';

async function look(source: RedisSource, limitSeconds = 20): Promise<Outcome | undefined> {
  const outcomes = await readAll([{ name: 'crawl', source }], Date.now(), limitSeconds);
  return outcomes['crawl'];
}

const READ = { reading: expect.objectContaining({ waiting: expect.any(Number) }), mark: expect.anything() };

describeWithRedis('a Redis with users', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis(['--requirepass', SECRET]);
    const admin = new Redis({ port: server.port, password: SECRET });
    await admin.acl(
      'SETUSER',
      'reader',
      'on',
      `>${SECRET}`,
      '~bull:*',
      '+@read',
      '+info',
      '+multi',
      '+exec',
      '+select',
    );
    await admin.acl('SETUSER', 'blind', 'on', `>${SECRET}`, '~bull:*', '+get', '+multi', '+exec');
    await admin.acl('SETUSER', 'shy', 'on', `>${SECRET}`, '~bull:*', '+@read', '+multi', '+exec');
    await admin.quit();
  });
  afterAll(() => server?.remove());

  const as = (kind: RedisSource['kind'], user: { username?: string; password?: string }) =>
    look(aSource(kind, 'crawl', { port: server.port, ...user }));

  describe.each(KINDS)('%s', (kind) => {
    test.each([
      ['the password', { password: SECRET }],
      ['a user that may only read', { username: 'reader', password: SECRET }],
      ['a user that may not ask how much memory is used', { username: 'shy', password: SECRET }],
    ])('%s - is read', async (_, user) => {
      expect(await as(kind, user)).toEqual(READ);
    });

    test.each([
      ['another password', { password: 'wrong' }, 'its user or password is refused'],
      ['a user that is not there', { username: 'nobody', password: SECRET }, 'its user or password is refused'],
      ['no password', {}, 'it wants a password and was given none'],
      ['a user that may not read', { username: 'blind', password: SECRET }, 'its user may not do that: NOPERM'],
    ])('%s - unreadable, without the secret', async (_, user, unreadable) => {
      expect(await as(kind, user)).toEqual({ unreadable });
    });
  });
});

describeWithRedis('a Redis', () => {
  let server: RedisServer;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always', '--databases', '4']);
    redis = new Redis({ port: server.port, retryStrategy: () => 20 });
    redis.on('error', () => undefined);
  });
  beforeEach(() => redis.flushall());
  afterAll(async () => {
    redis?.disconnect();
    await server?.remove();
  });

  const keys = ['wait', 'paused', 'active', 'delayed', 'failed', 'id'];
  const bull = [...keys, 'priority'].map((key) => ['bull', key] as const);
  const bullmq = [...keys, 'prioritized', 'waiting-children', 'meta'].map((key) => ['bullmq', key] as const);
  test.each([...bull, ...bullmq])('%s, %s is of another type - unreadable, and no zero', async (kind, key) => {
    await redis.geoadd(`bull:crawl:${key}x`, 1, 1, 'a');
    await redis.setbit(`bull:crawl:${key}`, 1, 1);
    if (key === 'id') await redis.del('bull:crawl:id').then(() => redis.lpush('bull:crawl:id', 'a'));
    expect(await look(aSource(kind, 'crawl', { port: server.port }))).toEqual({
      unreadable: 'a key of the queue is of another type than the library writes',
    });
  });

  test('the prefix and the database - are those of the stage file', async () => {
    const connection = { port: server.port, db: 3 };
    const queue = new Queue('crawl', { connection, prefix: '{ours}' });
    await queue.add('page', {});
    await queue.close();
    const at = (where: { prefix?: string; db?: number }) =>
      look(aSource('bullmq', 'crawl', { port: server.port, ...where }));
    expect(await at({ prefix: '{ours}', db: 3 })).toMatchObject({ reading: { waiting: 1 } });
    expect(await at({ prefix: '{ours}', db: 2 })).toMatchObject({ reading: { waiting: 0 } });
    expect(await at({ prefix: 'bull', db: 3 })).toMatchObject({ reading: { waiting: 0 } });
  });

  test('a database that is not there - unreadable, and no other one is read', async () => {
    await redis.lpush('bull:crawl:wait', '1');
    const outcome = await look(aSource('bull', 'crawl', { port: server.port, db: 9 }));
    expect(outcome).toEqual({ unreadable: 'it has no such database' });
  });

  test('a limit of memory - how much of it is used', async () => {
    await redis.config('SET', 'maxmemory', '512mb');
    const outcome = await look(aSource('bull', 'crawl', { port: server.port }));
    await redis.config('SET', 'maxmemory', '0');
    expect(outcome).toMatchObject({ reading: { memoryPercent: expect.any(Number) } });
    expect(await look(aSource('bull', 'crawl', { port: server.port }))).not.toHaveProperty('reading.memoryPercent');
  });

  test('it restarts - unreadable meanwhile, and afterwards as before', async () => {
    const queue = new Queue('crawl', { connection: { port: server.port } });
    queue.on('error', () => undefined);
    await queue.addBulk([1, 2, 3].map((n) => ({ name: 'page', data: { n } })));
    const source = aSource('bullmq', 'crawl', { port: server.port });
    const mark = { at: Date.now() - 60_000, added: 1, inside: 1, failed: 0 };
    await server.stop();
    expect(await look(source)).toEqual({ unreadable: 'refuses connections' });
    await server.start();
    const outcomes = await readAll([{ name: 'crawl', source, mark }], mark.at + 60_000);
    expect(outcomes).toMatchObject({ crawl: { reading: { waiting: 3, arrivals: expect.closeTo(2, 1) } } });
    await queue.close();
  });

  test('a replica, which may not be written - is read', async () => {
    const queue = new Queue('crawl', { connection: { port: server.port } });
    await queue.addBulk([1, 2].map((n) => ({ name: 'page', data: { n }, opts: { delay: n * 3_600_000 } })));
    await queue.close();
    const replica = await startRedis(['--replicaof', `127.0.0.1 ${server.port}`]);
    const copied = new Redis({ port: replica.port });
    while ((await copied.exists('bull:crawl:delayed')) === 0) await sleep(20);
    copied.disconnect();
    const outcome = await look(aSource('bullmq', 'crawl', { port: replica.port }));
    await replica.remove();
    expect(outcome).toMatchObject({ reading: { delayed: 2 } });
  });

  test('it lost its data - what came and went is not known', async () => {
    const source = aSource('bull', 'crawl', { port: server.port });
    const mark = { at: Date.now() - 60_000, added: 500, inside: 20, failed: 3 };
    const { crawl } = await readAll([{ name: 'crawl', source, mark }], Date.now());
    expect(crawl).toMatchObject({ reading: { waiting: 0 }, mark: { added: 0, inside: 0 } });
    for (const rate of ['arrivals', 'completions', 'failures', 'errorPercent'])
      expect(crawl).not.toHaveProperty(`reading.${rate}`);
  });

  test('a reading is over - no connection is left', async () => {
    for (const kind of KINDS) await look(aSource(kind, 'crawl', { port: server.port }));
    const clients = async () =>
      String(await redis.client('LIST'))
        .trim()
        .split('\n').length;
    // Redis hears of the end of a connection when it comes to it.
    await eventually('the only connection is our own', async () => (await clients()) === 1);
  });
});

describe('a server that is no good Redis', () => {
  const sockets = new Set<Socket>();
  let answer: (socket: Socket, asked: string) => void = () => undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (data) => answer(socket, String(data)));
  });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(() => {
    answer = () => undefined;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const port = () => (server.address() as AddressInfo).port;

  test('it takes connections and says nothing - unreadable in time, and the connection closed', async () => {
    const outcome = await look(aSource('bull', 'crawl', { port: port() }), 0.2);
    expect(outcome).toEqual({ unreadable: 'no answer within 0.2 seconds' });
    while (sockets.size > 0) await sleep(10);
  });

  test.each([
    ['is loading', '-LOADING Redis is loading the dataset in memory\r\n', 'it is loading its data'],
    ['is a cluster', '-MOVED 3999 127.0.0.1:6381\r\n', 'the queue is on another node of its cluster'],
    [
      'does not know a command',
      "-ERR unknown command 'AUTH', with args: 'secret'\r\n",
      'it answers with the error ERR',
    ],
    ['is a server of something else', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'it does not answer as Redis does'],
  ])('it %s - unreadable, in words of ours', async (_, line, unreadable) => {
    answer = (socket, asked) => {
      const commands = asked.match(/\*\d+\r\n/g)?.length ?? 0;
      socket.write(line.repeat(commands));
    };
    expect(await look(aSource('bullmq', 'crawl', { port: port(), password: 'secret' }))).toEqual({ unreadable });
  });

  test('it answers a greeting of TLS in plain words - unreadable', async () => {
    answer = (socket) => socket.write('-ERR Protocol error\r\n');
    const source = aSource('bull', 'crawl', { host: 'localhost', port: port(), tls: true });
    expect(await look(source)).toEqual({ unreadable: 'it does not speak TLS' });
  });

  test('it hangs up in the middle - unreadable', async () => {
    answer = (socket) => socket.end('+OK\r\n');
    expect(await look(aSource('bull', 'crawl', { port: port() }))).toEqual({ unreadable: 'it ended the connection' });
  });

  test('one of several hangs, another refuses - neither hinders the others', async () => {
    const http = createServer((socket) => {
      const body = JSON.stringify({ waiting: 7, active: 2 });
      socket.on('data', () => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`));
    }).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
    const outcomes = await readAll(
      [
        { name: 'hangs', source: aSource('bull', 'crawl', { port: port() }) },
        { name: 'refuses', source: aSource('bull', 'crawl', { port: 1 }) },
        { name: 'well', source: { kind: 'http', url } },
      ],
      Date.now(),
      0.3,
    );
    http.close();
    expect(outcomes).toEqual({
      hangs: { unreadable: 'no answer within 0.3 seconds' },
      refuses: { unreadable: 'refuses connections' },
      well: READ,
    });
  });
});

describeWithRedis('a Redis over TLS', () => {
  const pair = selfSigned({ commonName: 'localhost' });
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-tls-'));
  let server: RedisServer;
  let plain: RedisServer;

  beforeAll(async () => {
    const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    writeFileSync(files.cert, pair.cert);
    writeFileSync(files.key, pair.key);
    const settings = ['--tls-cert-file', files.cert, '--tls-key-file', files.key, '--tls-auth-clients', 'no'];
    server = await startRedis([...settings, '--tls-ca-cert-file', files.cert, '--requirepass', SECRET], true);
    plain = await startRedis();
  });
  afterAll(async () => {
    await server?.remove();
    await plain?.remove();
    rmSync(folder, { recursive: true });
  });

  const at = (where: Partial<RedisSource['redis']>) =>
    look(
      aSource('bullmq', 'crawl', { host: 'localhost', port: server.port, password: SECRET, tls: true, ...where }),
      1,
    );

  test('its own certificate is vouched for by the stage file - is read', async () => {
    expect(await at({ ca: pair.cert })).toEqual(READ);
  });

  test.each([
    ['nobody has vouched for it', () => ({}), 'its certificate is not trusted'],
    ['it is for another name', () => ({ ca: pair.cert, host: '127.0.0.1' }), 'its certificate is for another name'],
    ['it speaks no TLS, and waits for the rest', () => ({ port: plain.port }), 'no answer within 1 seconds'],
  ])('%s - unreadable', async (_, where, unreadable) => {
    expect(await at(where())).toEqual({ unreadable });
  });

  test('it is asked without TLS - unreadable', async () => {
    expect(await at({ tls: false })).toEqual({ unreadable: expect.stringMatching(/hangs up|ended the connection/) });
  });
});

import { afterEach, describe, expect, test } from '@jest/globals';
import Bull from 'bull';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { type LambdaFunction, running } from '../../../rehearsal/aws/lambda.ts';
import { VirtualClock } from '../../../rehearsal/clock.ts';
import { installNetwork } from '../../../rehearsal/network.ts';
import { JobQueues } from '../../../rehearsal/outside/job-queues.ts';
import { Random } from '../../../rehearsal/random.ts';
import { parseScenario } from '../../../rehearsal/scenario.ts';
import { World } from '../../../rehearsal/world.ts';
import { aQueue, aStage } from '../../shared/builders.ts';

const MONDAY = Date.parse('2026-11-02T00:00:00Z');
const PASSWORD = 'of the queue';
const INSIDE = { isInVpc: true } as LambdaFunction;
const QUIET = { arrivals: [], takes: ['30s', '30s'] };

const SOURCE = { name: 'crawl-jobs', prefix: 'bull' };
const REDIS = { host: 'redis.example.internal', port: 6379, db: 0, password: 'ssm:/redis', tls: false };
const CLIENT = {
  ...{ host: REDIS.host, port: REDIS.port, password: PASSWORD, disableClientInfo: true },
  ...{ maxRetriesPerRequest: null, retryStrategy: () => null, enableReadyCheck: false },
};

let restore: (() => void) | undefined;

/** A queue of the stage `test`, with a clock that goes only when it is told to. */
class Play {
  readonly clock = new VirtualClock(MONDAY);
  readonly world: World;
  readonly queues: JobQueues;

  constructor(kind: 'bull' | 'bullmq', scenario: object = { queues: { crawl: QUIET } }, source: object = {}) {
    const queue = aQueue({ timezone: 'UTC', source: { kind, ...SOURCE, redis: { ...REDIS, ...source } } });
    const stage = aStage({ timezone: 'UTC', queues: { crawl: queue } });
    this.world = new World(this.clock, new Random(1), parseScenario(scenario), stage);
    this.queues = new JobQueues(this.world, 1, () => PASSWORD);
    const network = installNetwork(
      this.world,
      () => 'hangs',
      (...place) => this.queues.redisAt(...place),
    );
    restore = () => {
      network();
      this.clock.uninstall();
    };
  }

  get jobs() {
    const [{ jobs } = { jobs: undefined }] = this.queues.all;
    if (!jobs) throw new Error('there is no queue');
    return jobs;
  }

  /** Lets a function of the network do something, and time pass until it is done. */
  async inside<T>(work: () => Promise<T>, where: LambdaFunction = INSIDE): Promise<T> {
    let isDone = false;
    const done = running.run(where, work);
    const settled = done.then(
      () => {
        isDone = true;
      },
      () => {
        isDone = true;
      },
    );
    this.clock.at(this.clock.now + 60_000, () => undefined);
    await this.clock.runUntil(this.clock.now + 60_000, () => isDone || this.world.fatal !== undefined);
    if (this.world.fatal) throw this.world.fatal;
    if (!isDone) throw new Error('it hangs');
    await settled;
    return done;
  }

  /** Lets minutes pass. */
  async pass(minutes: number): Promise<void> {
    this.clock.at(this.clock.now + minutes * 60_000, () => undefined);
    await this.clock.runUntil(this.clock.now + minutes * 60_000);
  }
}

afterEach(() => {
  restore?.();
  restore = undefined;
});

const POISONED = { queues: { crawl: { ...QUIET, poison: 100, attempts: 1, reason: 'Error: no page' } } };

describe('a queue of the rehearsal on Redis', () => {
  test('BullMQ - its own library counts what there is', async () => {
    const play = new Play('bullmq');
    play.jobs.add(7);
    play.jobs.join('worker', 4);
    await play.pass(0);
    const counts = await play.inside(async () => {
      const queue = new Queue('crawl-jobs', { connection: CLIENT, skipMetasUpdate: true });
      const found = await queue.getJobCounts('wait', 'active', 'delayed', 'failed', 'completed', 'prioritized');
      const perPriority = await queue.getCountsPerPriority([0, 1]);
      await queue.disconnect();
      return { ...found, perPriority };
    });
    expect(counts).toEqual({
      ...{ wait: 3, active: 4, delayed: 0, failed: 0, completed: 0, prioritized: 0 },
      perPriority: { 0: 3, 1: 0 },
    });
  });

  test('Bull - its own library counts what there is, and says why jobs failed', async () => {
    const play = new Play('bull', POISONED);
    play.jobs.add(7);
    play.jobs.join('worker', 4);
    await play.pass(1.5);
    const found = await play.inside(async () => {
      const queue = new Bull('crawl-jobs', { redis: CLIENT });
      const counts = await queue.getJobCounts();
      const failed = await queue.getFailed(0, 1);
      await queue.close();
      return { counts, failed: failed.map((job) => job.failedReason) };
    });
    expect(found).toEqual({
      counts: { waiting: 0, active: 0, completed: 0, failed: 7, delayed: 0, paused: 0 },
      failed: ['Error: no page', 'Error: no page'],
    });
  });

  test.each(['bull', 'bullmq'] as const)(
    '%s cleans - what ended long enough ago is gone, the rest is left',
    async (kind) => {
      const play = new Play(kind, POISONED);
      play.jobs.add(2);
      play.jobs.join('worker', 4);
      await play.pass(10);
      play.jobs.add(3);
      await play.pass(1);
      expect(play.jobs.counts().failed).toBe(5);
      const cleaned = await play.inside(async () => {
        const bull = () => new Bull('crawl-jobs', { redis: CLIENT });
        const queue = kind === 'bull' ? bull() : new Queue('crawl-jobs', { connection: CLIENT, skipMetasUpdate: true });
        const ids =
          queue instanceof Queue ? await queue.clean(300_000, 100, 'failed') : await queue.clean(300_000, 'failed');
        await queue.close();
        return ids;
      });
      expect(cleaned).toHaveLength(2);
      expect(play.jobs.counts().failed).toBe(3);
    },
  );

  test('a wrong password - is refused by name', async () => {
    const play = new Play('bullmq', { faults: [{ queue: 'wrong-password' }] });
    await expect(play.inside(() => ask((redis) => redis.llen('bull:crawl-jobs:wait')))).rejects.toThrow(/WRONGPASS/);
  });

  test('a key of another type - is WRONGTYPE, and the others can be read', async () => {
    const play = new Play('bullmq', { queues: { crawl: QUIET }, faults: [{ queue: 'wrong-type' }] });
    const wait = () => ask((redis) => redis.multi().llen('bull:crawl-jobs:wait').llen('bull:crawl-jobs:active').exec());
    const [[refused] = [], [, active] = []] = (await play.inside(wait)) ?? [];
    expect(String(refused)).toMatch(/WRONGTYPE/);
    expect(active).toBe(0);
  });

  test('it restarts - it says that it is loading', async () => {
    const play = new Play('bullmq', { faults: [{ queue: 'restarts' }] });
    await expect(play.inside(() => ask((redis) => redis.get('bull:crawl-jobs:id')))).rejects.toThrow(/LOADING/);
  });

  test('nobody listens - the connection is refused', async () => {
    const play = new Play('bullmq', { faults: [{ queue: 'refuses' }] });
    await expect(play.inside(() => ask((redis) => redis.ping()))).rejects.toThrow(/ECONNREFUSED|closed/);
  });

  test.each([
    ['hangs', 'connect ETIMEDOUT'],
    ['mute', 'it hangs'],
  ])('it %s - nothing is answered', async (queue, problem) => {
    const play = new Play('bullmq', { faults: [{ queue }] });
    await expect(play.inside(() => ask((redis) => redis.ping()))).rejects.toThrow(problem);
  });

  test('from outside the network - a private one is out of reach', async () => {
    const play = new Play('bullmq');
    const outside = {} as LambdaFunction;
    await expect(play.inside(() => ask((redis) => redis.ping()), outside)).rejects.toThrow('connect ETIMEDOUT');
    expect(await play.inside(() => ask((redis) => redis.ping()))).toBe('PONG');
  });

  test('TLS where there is none - the connection is reset', async () => {
    const play = new Play('bullmq');
    await expect(play.inside(() => ask((redis) => redis.ping(), { tls: {} }))).rejects.toThrow(/ECONNRESET|closed/);
  });

  test('another database - has nothing of the queue', async () => {
    const play = new Play('bullmq', { queues: { crawl: QUIET } }, { db: 3 });
    play.jobs.add(1);
    const length = (db: number) => play.inside(() => ask((redis) => redis.llen('bull:crawl-jobs:wait'), { db }));
    expect([await length(0), await length(3)]).toEqual([0, 1]);
  });

  test('a command that it does not know - ends the rehearsal and says where to add it', async () => {
    const play = new Play('bullmq');
    await expect(play.inside(() => ask((redis) => redis.flushall()))).rejects.toThrow(
      "the rehearsal's Redis does not know FLUSHALL",
    );
  });

  test('a scenario of a queue that the stage does not have - is said', () => {
    expect(() => new Play('bullmq', { queues: { crawler: QUIET } })).toThrow(
      'queues.crawler: the stage has no such queue; it has crawl',
    );
  });
});

/** One question over a connection of its own. */
async function ask<T>(question: (redis: Redis) => Promise<T>, options: object = {}): Promise<T> {
  const redis = new Redis({ ...CLIENT, ...options });
  let problem: Error | undefined;
  redis.on('error', (error) => {
    problem = error;
  });
  try {
    return await question(redis);
  } catch (error) {
    throw problem ?? error;
  } finally {
    redis.disconnect();
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Bull from 'bull';
import { Queue } from 'bullmq';
import { describeWithRedis, type RedisServer, startRedis } from '../../queues/redis.ts';
import { eventually } from '../../shared/eventually.ts';
import { type EcsAgent, startAgent } from './agent.ts';

interface Settings {
  concurrency?: number;
  longestJobSeconds?: number;
  stopTimeoutSeconds?: number;
  lingerSeconds?: number;
}

/** A worker that runs, and what it has said. */
interface Running {
  said: string[];
  errors: string[];
  child: ChildProcess;
  saying(text: string): Promise<void>;
  ended: Promise<number | null>;
}

let redis: RedisServer;
let agent: EcsAgent;
const running: Running[] = [];

/** What the queue has, in the words of both libraries. */
interface Jobs {
  add(name: string, ms: number): Promise<unknown>;
  counts(): Promise<Record<string, number>>;
  close(): Promise<unknown>;
}

function jobsOf(library: string, port: number): Jobs {
  const connection = { host: '127.0.0.1', port };
  const queue = library === 'bullmq' ? new Queue(library, { connection }) : new Bull(library, { redis: connection });
  return {
    add: (name, ms) => (queue instanceof Queue ? queue.add(name, { name, ms }) : queue.add({ name, ms })),
    counts: async () => ({ ...(await queue.getJobCounts()) }),
    close: () => queue.close(),
  };
}

function start(library: string, settings: Settings, isOnEcs = true): Running {
  const args = ['test/agent/worker/worker.cjs', library, String(redis.port), JSON.stringify(settings)];
  const env = { PATH: process.env['PATH'], ...(isOnEcs && { ECS_AGENT_URI: agent.url }) };
  const child = spawn(process.execPath, args, { env });
  const [said, errors]: [string[], string[]] = [[], []];
  child.stdout.on('data', (text) => said.push(...String(text).trim().split('\n')));
  child.stderr.on('data', (text) => errors.push(String(text).trim()));
  const saying = async (text: string) => {
    for (let tries = 0; !said.includes(text); tries++) {
      if (tries === 2400) throw new Error(`not said: ${text}; but: ${[...said, ...errors].join('; ')}`);
      await sleep(25);
    }
  };
  const one = { said, errors, child, saying, ended: once(child, 'exit').then(([code]) => code as number | null) };
  running.push(one);
  return one;
}

describeWithRedis('the recipe of a worker, with a real Redis', () => {
  beforeAll(async () => {
    [redis, agent] = [await startRedis(), await startAgent()];
  });
  afterAll(async () => {
    agent.stop();
    await redis.remove();
  });

  describe.each(['bullmq', 'bull'])('%s', (library) => {
    let jobs: Jobs;
    beforeEach(() => {
      agent.asked.length = 0;
      agent.refuse(0);
      jobs = jobsOf(library, redis.port);
    });
    afterEach(async () => {
      for (const { child } of running.splice(0)) child.kill('SIGKILL');
      await jobs.close();
    });

    test('SIGTERM at work, and again - finishes what it does, takes nothing new, and goes', async () => {
      await jobs.add('first', 2000);
      const worker = start(library, { concurrency: 1 });
      await worker.saying('began first');
      await jobs.add('second', 10);
      worker.child.kill('SIGTERM');
      await sleep(100);
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toBe(0);
      expect(worker.said).toEqual(['began first', 'ended first', 'closed']);
      expect(await jobs.counts()).toMatchObject({ completed: 1, waiting: 1, active: 0 });
      const next = start(library, {});
      await next.saying('ended second');
    });

    test('jobs that fit into stopTimeout - the task is never protected, and nobody is asked', async () => {
      await jobs.add('short', 20);
      const worker = start(library, { longestJobSeconds: 120, stopTimeoutSeconds: 120 });
      await worker.saying('ended short');
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toBe(0);
      expect(agent.asked).toEqual([]);
    });

    test('jobs that do not - protected before the first begins, released after the last, once', async () => {
      await jobs.add('one', 200);
      await jobs.add('two', 2000);
      const worker = start(library, { concurrency: 2, longestJobSeconds: 600, lingerSeconds: 0.2 });
      await worker.saying('began one');
      expect(agent.asked).toEqual([{ ProtectionEnabled: true, ExpiresInMinutes: 20 }]);
      await worker.saying('ended one');
      expect(agent.asked).toHaveLength(1);
      await worker.saying('ended two');
      await eventually('the release', () => agent.asked.length > 1);
      expect(agent.asked.slice(1)).toEqual([{ ProtectionEnabled: false }]);
    });

    test('SIGTERM while it is protected - released when the last job has ended', async () => {
      await jobs.add('long', 2000);
      const worker = start(library, { longestJobSeconds: 600 });
      await worker.saying('began long');
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toBe(0);
      expect(worker.said).toEqual(['began long', 'ended long', 'closed']);
      expect(agent.asked.map(({ ProtectionEnabled }) => ProtectionEnabled)).toEqual([true, false]);
    });

    test('a job that is longer than stopTimeout, on a task that is stopped all the same - another worker does it', async () => {
      await jobs.add('endless', 3000);
      const worker = start(library, { longestJobSeconds: 600, stopTimeoutSeconds: 1 });
      await worker.saying('began endless');
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toBe(1);
      expect(worker.said).toEqual(['began endless']);
      expect(worker.errors.join()).toContain('a job takes longer than stopTimeout');
      const next = start(library, { stopTimeoutSeconds: 60 });
      await next.saying('ended endless');
      expect(await jobs.counts()).toMatchObject({ failed: 0 });
    });

    test('the agent refuses - tried again; refused for good, it is said and the job is done', async () => {
      agent.refuse(4);
      await jobs.add('unprotected', 50);
      const worker = start(library, { longestJobSeconds: 600, lingerSeconds: 60 });
      await worker.saying('ended unprotected');
      expect(agent.asked).toHaveLength(3);
      expect(worker.errors.join()).toContain('could not be protected: TASK_NOT_VALID');
      await jobs.add('protected', 50);
      await worker.saying('ended protected');
      expect(agent.asked).toHaveLength(5);
    });

    test('not on ECS - works as it is', async () => {
      await jobs.add('local', 20);
      const worker = start(library, { longestJobSeconds: 600 }, false);
      await worker.saying('ended local');
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toBe(0);
      expect(agent.asked).toEqual([]);
    });
  });
});

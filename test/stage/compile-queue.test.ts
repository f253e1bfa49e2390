import { describe, expect, test } from '@jest/globals';
import { compileStage } from '../../shared/stage/compile.ts';
import { changed, QUEUE, read } from './stage-file.ts';

const compiled = (text = QUEUE) => compileStage(read(text), 'dev', 2026);
const queue = (name: string, text?: string) => compiled(text).queues[name];

describe('a queue', () => {
  test('its workers are scaled and never run - it is no workload with a schedule', () => {
    expect(compiled().workloads).toEqual({});
    expect(Object.keys(compiled().queues)).toEqual(['crawl', 'thumbnails', 'reports', 'mails']);
    expect(compiled().network).toEqual({
      subnets: ['subnet-0123456789abcdef0'],
      securityGroups: ['sg-0123456789abcdef0'],
    });
  });

  test('on Redis - with references in place of secrets, and private', () => {
    expect(queue('crawl')).toMatchObject({
      isPrivate: true,
      timezone: 'Asia/Tokyo',
      source: {
        kind: 'bullmq',
        name: 'crawl-jobs',
        prefix: 'app',
        redis: {
          ...{ host: 'redis.example.internal', port: 6380, db: 2, username: 'lamplighter', tls: true },
          ...{ password: 'ssm:/app/redis', ca: 'ssm:/app/ca' },
        },
      },
    });
    expect(queue('crawl')?.source).not.toHaveProperty('private');
  });

  test.each([
    ['thumbnails', false],
    ['reports', false],
    ['mails', true],
  ])('%s without private - %s: Redis is hardly ever reached from outside, anything else is', (name, isPrivate) => {
    expect(queue(name)?.isPrivate).toBe(isPrivate);
  });

  test('Redis with private: false - is read from outside', () => {
    const text = changed('      private: true\n', '      private: false\n', QUEUE);
    const uncleaned = changed('    clean: { above: 70, olderThan: 48h }\n', '', text);
    expect(queue('crawl', uncleaned)?.isPrivate).toBe(false);
  });

  test('its workers - in seconds and gigabytes; variables and secrets apart', () => {
    expect(queue('crawl')?.workers).toEqual({
      ...{ cluster: 'crawler', service: 'worker', concurrency: 4, besides: 2 },
      ...{ jobSeconds: 40, longestJobSeconds: 180, stopTimeoutSeconds: 90 },
      task: { vcpu: 1, gigabytes: 2, arm: true, spot: true },
      create: {
        cluster: true,
        image: { repository: 'crawler-worker', tag: 'v1.2' },
        command: ['--process=worker'],
        environment: { WORKER_CONCURRENCY: '4' },
        secrets: { APP_TOKEN: 'ssm:/app/token' },
        subnets: ['subnet-0fedcba9876543210'],
        securityGroups: [],
        vpc: 'vpc-0123456789abcdef0',
        egress: [
          { port: 6380, to: 'sg-0fedcba9876543210', admit: true },
          { port: 443, to: '0.0.0.0/0', admit: false },
        ],
        publicIp: true,
        policies: ['arn:aws:iam::123456789012:policy/crawler'],
        endpoints: { routeTables: ['rtb-0123456789abcdef0'] },
      },
    });
  });

  test('workers without subnets - run where queues are read', () => {
    expect(queue('mails')?.workers.create).toMatchObject({
      subnets: ['subnet-0123456789abcdef0'],
      image: { address: 'ghcr.io/example/mails:1' },
      securityGroups: ['sg-0123456789abcdef1'],
    });
  });

  test('scaling by backlog, by rules, by a target - each with what it needs', () => {
    expect(queue('crawl')?.scaling).toEqual({
      ...{ by: 'backlog', min: 1, max: 40, emptyMinutes: 15, waitSeconds: 240 },
      floor: [{ days: 'weekdays', from: '09:00', to: '18:00', workers: 3 }],
    });
    expect(queue('thumbnails')?.scaling).toMatchObject({
      by: 'rules',
      rules: [
        { over: 30, add: 2, cooldownSeconds: 90 },
        { under: 5, add: -1, cooldownSeconds: 60 },
      ],
    });
    expect(queue('reports')?.scaling).toMatchObject({ by: 'target', jobs: 30, outSeconds: 120, inSeconds: 600 });
  });

  test('rules that are left out - are the table of the source', () => {
    const text = changed(', rules: [{ over: 30, add: 2, cooldown: 90s }, { under: 5, remove: 1 }]', '', QUEUE);
    expect(queue('thumbnails', text)?.scaling).toMatchObject({
      emptyMinutes: 10,
      rules: [
        { over: 20, add: 1, cooldownSeconds: 60 },
        { under: 10, add: -1, cooldownSeconds: 300 },
        { over: 200, add: 10, cooldownSeconds: 30 },
      ],
    });
  });

  test('a target that is left out - 20 jobs, out after a minute, in after five', () => {
    const text = changed(', target: { jobs: 30, out: 2m, in: 10m }', '', QUEUE);
    expect(queue('reports', text)?.scaling).toMatchObject({ jobs: 20, outSeconds: 60, inSeconds: 300 });
  });

  test('nothing said of scaling, runaways and alarms - what the source has', () => {
    expect(queue('mails')).toMatchObject({
      scaling: { by: 'backlog', min: 0, max: 50, floor: [], emptyMinutes: 10, waitSeconds: 120 },
      workers: { concurrency: 1, besides: 0 },
      runaway: { workers: 10, errorPercent: 10, minutes: 10 },
      alarms: { backlog: { warning: 100, critical: 500 }, workers: 40, memory: 80, errors: 10 },
    });
    expect(queue('mails')).not.toHaveProperty('clean');
  });

  test('fewer workers than a runaway may have - that many, and four fifths of them are worth a warning', () => {
    const text = changed('{ by: target,', '{ by: target, max: 5,', QUEUE);
    expect(queue('reports', text)).toMatchObject({ runaway: { workers: 5 }, alarms: { workers: 4 } });
  });

  test('alarms - none on what is not measured, and none that is off', () => {
    expect(queue('crawl')?.alarms).toEqual({
      ...{ backlog: { warning: 50, critical: 300 }, workers: 30, cpu: 70, memory: 75, errors: 15 },
    });
    expect(queue('thumbnails')?.alarms).toEqual({});
    expect(queue('reports')?.alarms).toEqual({ backlog: { warning: 100, critical: 500 }, workers: 40, errors: 10 });
  });

  test('cleaning - in percent and seconds', () => {
    expect(queue('crawl')?.clean).toEqual({ abovePercent: 70, olderThanSeconds: 172_800 });
  });
});

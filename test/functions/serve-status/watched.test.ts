import { describe, expect, test } from '@jest/globals';
import type { CompiledStage, QueueWorkload, ServiceWorkload } from '../../../shared/stage/compiled.ts';
import { NOTHING_REMEMBERED, type QueueMemory } from '../../../shared/state/queues.ts';
import { CALM, type Streak } from '../../../shared/watch/streak.ts';
import { aQueue } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';
import { NOW, told, word } from './world.ts';

const MINUTE = 60_000;
const PAUSED = { pk: 'stage', sk: 'gate', act: 'pause', ...word };

interface Web {
  service?: Partial<ServiceWorkload>;
  status?: CompiledStage['status'];
  packed?: string;
  ago?: number;
  held?: string;
  isOurs?: boolean;
  streak?: Partial<Streak>;
  upSince?: number;
  lease?: { holder: string; until: number };
}

async function web({ service, status, packed, ago = 0, held, isOurs, streak, upSince, lease }: Web) {
  const at = NOW - ago * MINUTE;
  const minute = {
    at,
    results: { web: { front: packed } },
    held: held ? { web: held } : {},
    ...(isOurs && { isOurs }),
  };
  const state = {
    services: streak ? { web: { front: { ...CALM, ...streak } } } : {},
    ...(upSince && { upSince: { web: upSince } }),
  };
  const { of } = await told({
    stage: { workloads: {}, services: { web: aService(service) }, ...(status && { status }) },
    items: [
      ...(packed === undefined
        ? []
        : [{ pk: 'watch', sk: `minute#${new Date(at).toISOString().slice(0, 16)}`, ...minute }]),
      { pk: 'watch', sk: 'state', version: 3, ...state },
      ...(lease ? [{ pk: 'workload#web', sk: 'lease', ...lease }] : []),
    ],
  });
  return of('web');
}

describe('a service', () => {
  const down = { from: NOW - 10 * MINUTE, openedAt: NOW - 8 * MINUTE, problem: 'answers 500', successes: 0 };
  const later = Math.floor(NOW / 1000) + 600;

  test('up - since it came up last, and how long it took', async () => {
    expect(await web({ packed: 'o80', upSince: NOW - 3_600_000 })).toEqual({
      ...{ name: 'web', kind: 'service', now: 'up', up: true, since: '2026-11-02T00:00:00Z' },
      checks: [{ name: 'front', outcome: 'ok', ms: 80 }],
    });
  });

  test.each([
    ['down', { packed: 'f90 answers 500', streak: { down } }, { now: 'down', up: false, why: { code: 'down' } }],
    [
      'being recovered',
      { packed: 'f90', streak: { down }, lease: { holder: 'web 2026-11-02T09:52', until: later } },
      { now: 'down', up: false, since: '2026-11-02T00:50:00Z', why: { code: 'recovering' } },
    ],
    [
      'recovered by nobody any more',
      { packed: 'f90', streak: { down }, lease: { holder: 'web 2026-11-02T09:52', until: 0 } },
      { why: { code: 'down' } },
    ],
    ['failing, and not down yet', { packed: 'f90', streak: { failures: 1 } }, { now: 'failing', up: true }],
    [
      'in maintenance',
      { packed: 'f90', held: 'maintenance' },
      { now: 'held', up: false, why: { code: 'maintenance' } },
    ],
    ['off by plan', { packed: 'f90', held: 'off' }, { now: 'held', up: false, why: { code: 'off-with' } }],
    [
      'unknown, by our own fault',
      { packed: 'f90', isOurs: true },
      { now: 'unknown', up: null, why: { code: 'control' } },
    ],
    [
      'not looked at for six minutes',
      { packed: 'o80', ago: 6 },
      { now: 'unknown', up: null, why: { code: 'not-looked-at' } },
    ],
    ['looked at five minutes ago', { packed: 'o80', ago: 5 }, { now: 'up', up: true }],
    ['never looked at', {}, { now: 'unknown', up: null }],
  ] satisfies [string, Web, object][])('%s - as it is', async (_, world, expected) => {
    expect(await web(world)).toMatchObject(expected);
  });

  test('its maintenance - it opens when that is over, and closes when the next begins', async () => {
    const maintenance: ServiceWorkload['maintenance'] = [{ days: 'every-day', from: '09:30', to: '10:30' }];
    const working = await web({ packed: 'f90', held: 'maintenance', service: { maintenance } });
    expect(working).toMatchObject({ opensAt: '2026-11-02T01:30:00Z' });
    const before = await web({
      packed: 'o80',
      service: { maintenance: [{ days: 'every-day', from: '23:00', to: '23:30' }] },
    });
    expect(before).toMatchObject({ closesAt: '2026-11-02T14:00:00Z' });
  });

  test('a check that is called by its address - is so only where not everybody may look', async () => {
    const named = (name: string) => [
      { kind: 'http' as const, name, url: 'https://inner.example.com/health', withinSeconds: 5, certificateDays: 14 },
    ];
    const names = async (name: string, access: 'public' | 'iam') => {
      const status = { access, origins: [], title: 'dev', spending: true };
      const { checks } = await web({ packed: 'o80', service: { checks: named(name) }, status });
      return checks?.map((check) => check.name);
    };
    expect(await names('inner.example.com/health', 'public')).toEqual(['http']);
    expect(await names('<b>front</b>', 'public')).toEqual(['<b>front</b>']);
    expect(await names('inner.example.com/health', 'iam')).toEqual(['inner.example.com/health']);
  });
});

async function crawl(
  memory: Partial<QueueMemory> | undefined,
  { ago = 1, items = [PAUSED], queue = {} as Partial<QueueWorkload> } = {},
) {
  const queues = memory ? { crawl: { ...NOTHING_REMEMBERED, ...memory } } : {};
  const state = { pk: 'queues', sk: 'state', at: NOW - ago * MINUTE, version: 1, untold: [], queues };
  const { of } = await told({ stage: { workloads: {}, queues: { crawl: aQueue(queue) } }, items: [state, ...items] });
  return of('crawl');
}

describe('a queue', () => {
  const reading = { at: NOW - MINUTE, waiting: 72, active: 48, delayed: 3, due: 2, failed: 1 };
  const idle = { at: NOW - MINUTE, waiting: 0, active: 0, delayed: 0, due: 0, failed: 0 };
  const workers = { running: 12, pending: 1, desired: 13 };
  const nobody = { running: 0, pending: 0, desired: 0 };

  test('worked off - how much waits, and by how many', async () => {
    expect(await crawl({ reading, workers }, { items: [] })).toEqual({
      ...{ name: 'crawl', kind: 'queue', now: 'working', up: true },
      queue: { backlog: 122, workers: 12, max: 50 },
    });
  });

  test.each([
    ['empty', { reading: idle, workers: nobody }, { now: 'empty', up: true }],
    [
      'jobs wait, and nothing may start',
      { reading, workers: nobody },
      { now: 'waiting', up: false, why: { code: 'stage-paused' } },
    ],
    [
      'it does not answer',
      { reading, troubles: { unreadable: { since: NOW - 600_000, problem: 'redis.example.internal: ECONNREFUSED' } } },
      { now: 'unreadable', up: false, since: '2026-11-02T00:50:00Z', why: { code: 'unreadable' } },
    ],
    ['not read yet', {}, { now: 'unknown', up: null, why: { code: 'not-looked-at' } }],
    ['not known', undefined, { now: 'unknown', up: null }],
  ] as [string, Partial<QueueMemory> | undefined, object][])('%s - as it is', async (_, memory, expected) => {
    expect(await crawl(memory)).toMatchObject(expected);
  });

  test('jobs wait, and workers are about to come - it is up', async () => {
    expect(await crawl({ reading, workers: nobody }, { items: [] })).toMatchObject({ now: 'waiting', up: true });
  });

  test('its workers are held down - why, in a code', async () => {
    const runaway = {
      ...NOTHING_REMEMBERED.runaway,
      capped: { since: NOW - MINUTE, why: '20 percent of the jobs fail' },
    };
    const found = await crawl({ reading, workers, runaway } as Partial<QueueMemory>, { items: [] });
    expect(found.why).toEqual({ code: 'runaway', text: '20 percent of the jobs fail' });
  });

  test('judged six minutes ago - unknown, and no number is told', async () => {
    expect(await crawl({ reading, workers }, { ago: 6 })).toMatchObject({ now: 'unknown', queue: { max: 50 } });
    expect((await crawl({ reading, workers }, { ago: 6 })).queue).toEqual({ max: 50 });
  });
});

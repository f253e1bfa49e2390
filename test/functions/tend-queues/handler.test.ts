import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { tendQueues } from '../../../functions/tend-queues/handler.ts';
import type { QueueWorkload } from '../../../shared/stage/compiled.ts';
import type { Override } from '../../../shared/state/overrides.ts';
import { aQueue } from '../../shared/builders.ts';
import { MINUTE, START, World } from './world.ts';

const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  jest.spyOn(console, 'error').mockImplementation((line) => {
    logged.push(line);
  });
  Object.assign(process.env, {
    PUBLISH_FUNCTION: 'publish',
    PUBLISH_PRIVATE_FUNCTION: 'publish-private',
    CLEAN_FUNCTION: 'clean',
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** So many minutes; what is told of, with its minute. */
async function pass(world: World, minutes = 1, each: (minute: number) => void = () => undefined): Promise<string[]> {
  const told: string[] = [];
  for (let count = 0; count < minutes; count++) {
    const minute = (world.now - START) / MINUTE;
    each(minute);
    const output = await tendQueues({}, world.effects);
    told.push(...output.told.map((one) => `${minute} ${one}`));
    world.now += MINUTE;
  }
  return told;
}

const scaled = (rest: object, queue: Partial<QueueWorkload> = {}) =>
  aQueue({ ...queue, scaling: { ...aQueue().scaling, waitSeconds: 120, ...rest } as QueueWorkload['scaling'] });
const word = (act: Override['act'], rest: Partial<Override> = {}): Override => ({
  ...{ act, by: 'kim', why: 'x', at: '2026-11-02T00:00:00Z', ...rest },
});
const OPEN = { min: 0, max: 50, inSuspended: false, outSuspended: false };

describe('a minute', () => {
  test('a burst - workers are wanted for it, at once and for three minutes at least so many', async () => {
    const world = new World({ crawl: scaled({}) });
    world.answers['crawl'] = { waiting: 500 };
    expect(await tendQueues({}, world.effects)).toEqual({
      at: '2026-11-02T00:00:00.000Z',
      queues: { crawl: { backlog: 500, workers: 0, wanted: 32, min: 32, max: 50 } },
      told: [],
    });
    world.now += MINUTE;
    world.runs(20, undefined, { desired: 32, pending: 12 });
    await pass(world, 3);
    expect(world.registered).toEqual([
      ['crawler-worker', { ...OPEN, min: 32 }],
      ['crawler-worker', OPEN],
    ]);
    expect(world.metrics.slice(0, 2)).toEqual([
      ['crawl', { Workers: 0, Wanted: 32 }],
      ['crawl', { Workers: 20, Wanted: 32 }],
    ]);
  });

  test('delivered again - judged once', async () => {
    const world = new World();
    await pass(world);
    world.now -= MINUTE;
    expect(await tendQueues({}, world.effects)).toEqual({ at: '2026-11-02T00:00:00.000Z', told: [] });
    expect(world.invoked).toHaveLength(1);
  });

  test('an hour later - registered again, in case somebody changed it by hand', async () => {
    const world = new World();
    await pass(world, 61);
    expect(world.registered).toHaveLength(2);
  });

  test('the last mark and the secrets - are in what the publisher is asked, and the secrets nowhere else', async () => {
    const redis = { host: '10.0.1.10', port: 6379, db: 0, tls: true, password: 'ssm:/lamplighter/dev/redis' };
    const world = new World({
      crawl: aQueue({ source: { kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull', redis } }),
      mail: aQueue({ isPrivate: false, source: { kind: 'sqs', url: 'https://sqs.example.com/1/mail' } }),
    });
    world.answers['crawl'] = { waiting: 3, memoryPercent: 50 };
    const output = [await tendQueues({}, world.effects)];
    world.now += MINUTE;
    output.push(await tendQueues({}, world.effects));
    const asked = world.invoked.filter(([name]) => name === 'publish-private').map(([, input]) => input);
    expect(asked).toEqual([
      { queues: [{ name: 'crawl', source: { ...aSource(redis) } }] },
      {
        queues: [
          { name: 'crawl', source: { ...aSource(redis) }, mark: { at: START + 800, added: 1, inside: 0, failed: 0 } },
        ],
      },
    ]);
    expect(world.invoked.map(([name]) => name).sort()).toEqual([
      ...['publish', 'publish', 'publish-private', 'publish-private'],
    ]);
    expect(JSON.stringify([world.state, world.metrics, world.notices, output])).not.toContain('the value of');
  });

  test('scaled by rules - bounds, but no opinion of how many', async () => {
    const rules = { by: 'rules', rules: [{ over: 20, add: 1, cooldownSeconds: 60 }], waitSeconds: undefined };
    const world = new World({
      crawl: scaled({ ...rules, floor: [{ days: 'every-day', from: '09:01', to: '10:00', workers: 3 }] }),
    });
    world.answers['crawl'] = { waiting: 500 };
    await pass(world, 2);
    expect(world.metrics).toEqual([
      ['crawl', { Workers: 0 }],
      ['crawl', { Workers: 0 }],
    ]);
    expect(world.registered.map(([, { min }]) => min)).toEqual([0, 3]);
  });

  test('the day is over - what was done in it is written down', async () => {
    const world = new World();
    world.now = Date.parse('2026-11-02T14:59:00Z');
    world.runs(2);
    await pass(world, 2);
    expect(world.days).toEqual([['crawl', expect.objectContaining({ day: '2026-11-02', peakWorkers: 2 })]]);
    expect(world.state.queues['crawl']?.today).toMatchObject({ day: '2026-11-03', workerSeconds: 120 });
  });
});

function aSource(redis: object) {
  return {
    ...{ kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull' },
    redis: { ...redis, password: 'the value of ssm:/lamplighter/dev/redis' },
  };
}

test('a day of trouble - little is remembered, since it is written every minute', async () => {
  const world = new World({ crawl: scaled({}, { workers: { ...aQueue().workers, jobSeconds: 600 } }) });
  const reasons = Array.from({ length: 5 }, () => ({ reason: 'x'.repeat(200), times: 40 }));
  world.answers['crawl'] = { waiting: 1234, active: 200, completions: 0, failures: 9.5, errorPercent: 88.888, reasons };
  await pass(world, 120, (minute) => world.runs(20 + minute, undefined, { desired: 300 }));
  expect(JSON.stringify(world.state.queues).length).toBeLessThan(4000);
});

describe('what cannot be seen', () => {
  test('an hour without a reading - nothing is decided or published of it, and it is told and over', async () => {
    const world = new World({ crawl: scaled({}) });
    world.answers['crawl'] = { waiting: 500 };
    await pass(world);
    world.answers['crawl'] = { unreadable: 'refuses connections' };
    world.runs(32);
    expect(await pass(world, 60)).toEqual(['3 crawl unreadable open']);
    expect(world.metrics.slice(1)).toEqual(Array.from({ length: 60 }, () => ['crawl', { Workers: 32 }]));
    expect(world.registered.slice(1)).toEqual([
      ['crawler-worker', { ...OPEN, min: 32, inSuspended: true }],
      ['crawler-worker', { ...OPEN, inSuspended: true }],
    ]);
    expect(logged).toHaveLength(60);
    expect(JSON.parse(logged[0] ?? '')).toEqual({
      queue: 'crawl',
      trouble: 'unreadable',
      problem: 'refuses connections',
    });
    world.answers['crawl'] = {};
    expect(await pass(world)).toEqual(['61 crawl unreadable resolved']);
    expect(world.registered.at(-1)).toEqual(['crawler-worker', OPEN]);
    // The hour was not an empty one.
    expect(world.metrics.at(-1)).toEqual(['crawl', { Workers: 32, Wanted: 1 }]);
    expect(world.notices[0]).toMatchObject({
      ...{ severity: 'critical', kind: 'queue', title: 'crawl cannot be read', cause: 'unreadable', state: 'open' },
      lines: [expect.stringContaining('refuses connections'), expect.stringContaining('32 workers run')],
    });
  });

  test.each([
    [
      'the publisher fails',
      (world: World) => {
        world.broken['publish-private'] = Object.assign(new Error('Task timed out after 20.00 seconds'), {
          name: 'Sandbox.Timedout',
        });
      },
      'Sandbox.Timedout: Task timed out',
    ],
    [
      'its secret is missing',
      (world: World) => {
        world.effects.secret = async () => {
          throw Object.assign(new Error('SSM has no parameter /x'), { name: 'ConfigurationMissing' });
        };
      },
      'ConfigurationMissing: SSM has no parameter /x',
    ],
    [
      'its answer is none',
      (world: World) => {
        world.effects.invoke = async () => ({ queues: {} });
      },
      'not asked in time',
    ],
  ])('%s - unreadable, and another queue is tended', async (_, breaks, why) => {
    const redis = { host: '10.0.1.10', port: 6379, db: 0, tls: true, password: 'ssm:/x' };
    const source = { kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull', redis } as const;
    const world = new World({
      crawl: aQueue({ source }),
      mail: aQueue({ isPrivate: false, source: { kind: 'sqs', url: 'https://x' } }),
    });
    breaks(world);
    const told = await pass(world, 3);
    expect(told).toContain('2 crawl unreadable open');
    expect(world.notices[0]?.lines[0]).toContain(why);
    if (why !== 'not asked in time') expect(told).toHaveLength(1);
    expect(world.state.queues['mail']?.limits).toBeDefined();
  });

  test('its service is missing - told, nothing is registered, and it is back', async () => {
    const world = new World();
    world.services.clear();
    expect(await pass(world, 5)).toEqual(['2 crawl service open']);
    expect(world.registered).toEqual([]);
    expect(world.metrics.at(-1)).toEqual(['crawl', { Wanted: 0 }]);
    expect(world.notices[0]?.lines[0]).toContain('no active service crawler-workers/crawler-worker');
    world.runs(0);
    expect(await pass(world)).toEqual(['5 crawl service resolved']);
    expect(world.registered).toHaveLength(1);
  });

  test('ECS cannot be asked - told with its words, and limits are registered all the same', async () => {
    const world = new World();
    const { cluster, service } = aQueue().workers;
    world.services.set(
      `${cluster}/${service}`,
      Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' }),
    );
    expect(await pass(world, 3)).toEqual(['2 crawl service open']);
    expect(world.notices[0]?.lines[0]).toContain('AccessDeniedException: not allowed');
    expect(world.registered).toHaveLength(1);
  });
});

describe('who may not start', () => {
  test('paused - nothing is started, not for the floor either; resumed - as before', async () => {
    const world = new World({
      crawl: scaled({ floor: [{ days: 'every-day', from: '00:00', to: '23:59', workers: 2 }] }),
    });
    await pass(world);
    world.facts['crawl'] = { words: [word('pause')] };
    world.answers['crawl'] = { waiting: 500 };
    await pass(world, 2);
    expect(world.state.queues['crawl']).toMatchObject({ held: 'paused' });
    world.facts = {};
    world.answers['crawl'] = {};
    await pass(world);
    expect(world.registered.map(([, limits]) => limits)).toEqual([
      { ...OPEN, min: 2 },
      { ...OPEN, outSuspended: true },
      { ...OPEN, min: 2 },
    ]);
    expect(world.state.queues['crawl']).not.toHaveProperty('held');
  });

  test('an emergency - none at all, though the queue cannot be read', async () => {
    const world = new World({ crawl: scaled({}) });
    world.answers['crawl'] = { unreadable: 'refuses connections' };
    world.facts['stage'] = { words: [word('pause', { emergency: true })] };
    await pass(world);
    expect(world.registered).toEqual([['crawler-worker', { ...OPEN, max: 0 }]]);
    world.answers['crawl'] = { waiting: 500 };
    await pass(world);
    expect(world.metrics.at(-1)).toEqual(['crawl', { Workers: 0, Wanted: 0 }]);
  });

  test('over its budget - nothing is started', async () => {
    const world = new World();
    world.facts['crawl'] = { words: [], budget: { day: '2026-11-02', until: 'x', usd: 9, limit: 8 } };
    await pass(world);
    expect(world.registered).toEqual([['crawler-worker', { ...OPEN, outSuspended: true }]]);
  });
});

describe('a runaway', () => {
  const poisoned = async (world: World) => {
    const reasons = [{ reason: 'TimeoutError: no page', times: 40 }];
    world.answers['crawl'] = { waiting: 300, active: 20, completions: 0, failures: 9, errorPercent: 100, reasons };
    world.runs(20);
    return pass(world, 4);
  };

  test('jobs fail - ten workers at most, with why, until ten minutes are well', async () => {
    const world = new World({ crawl: scaled({}) });
    expect(await poisoned(world)).toEqual(['2 crawl runaway open']);
    expect(world.registered.map(([, { max }]) => max)).toEqual([50, 10]);
    expect(world.metrics.at(-1)).toEqual(['crawl', { Workers: 20, Wanted: 10 }]);
    expect(world.notices).toMatchObject([
      {
        severity: 'critical',
        title: 'crawl: workers held down',
        did: [expect.stringContaining('No more than 10 workers')],
      },
    ]);
    expect(world.notices[0]?.lines).toContain('Failed 40 times: TimeoutError: no page');
    expect(JSON.stringify(world.state)).not.toContain('TimeoutError');
    world.answers['crawl'] = { waiting: 20, completions: 40, errorPercent: 0 };
    expect(await pass(world, 12)).toEqual(['13 crawl runaway resolved']);
    expect(world.registered.at(-1)).toEqual(['crawler-worker', OPEN]);
  });
});

test('jobs fail - more workers may be wanted, but nobody is in a hurry', async () => {
  const world = new World({ crawl: scaled({}) });
  world.answers['crawl'] = { waiting: 300, completions: 0, failures: 2, errorPercent: 100 };
  await pass(world);
  expect(world.metrics).toEqual([['crawl', { Workers: 0, Wanted: 19 }]]);
  expect(world.registered).toEqual([['crawler-worker', OPEN]]);
});

describe('Redis is full', () => {
  const redis = { host: '10.0.1.10', port: 6379, db: 0, tls: false };
  const full = () => {
    const source = { kind: 'bullmq', name: 'crawl-jobs', prefix: 'bull', redis } as const;
    const world = new World({ crawl: aQueue({ source, clean: { abovePercent: 80, olderThanSeconds: 86_400 } }) });
    world.answers['crawl'] = { memoryPercent: 85 };
    return world;
  };
  const cleans = (world: World) => world.invoked.filter(([name]) => name === 'clean');

  test('ended jobs are removed and that is told; two minutes under the limit - over', async () => {
    const world = full();
    expect(await pass(world)).toEqual(['0 crawl memory open']);
    expect(cleans(world)).toEqual([
      ['clean', { name: 'crawl', source: expect.objectContaining({ redis }), olderThanSeconds: 86_400 }],
    ]);
    expect(world.notices).toMatchObject([
      {
        severity: 'warning',
        lines: ['Redis has used 85 % of its memory; 80 % is the limit.'],
        did: ['Removed 900 completed and 100 failed jobs.'],
      },
    ]);
    world.answers['crawl'] = { memoryPercent: 60 };
    expect(await pass(world, 2)).toEqual(['2 crawl memory resolved']);
  });

  test('it stays full - cleaned every ten minutes; while there is more - every minute', async () => {
    const world = full();
    await pass(world, 21);
    expect(cleans(world)).toHaveLength(3);
    world.cleans = { completed: 5000, failed: 0, more: true };
    await pass(world, 12);
    expect(cleans(world)).toHaveLength(6);
  });

  test('it cannot be cleaned - told, and over when it can', async () => {
    const world = full();
    world.cleans = Object.assign(new Error('its user may not do that (NOPERM)'), { name: 'QueueUnreadable' });
    expect(await pass(world)).toEqual(['0 crawl memory open', '0 crawl cleaning open']);
    expect(world.notices[1]).toMatchObject({
      severity: 'critical',
      lines: ['Ended jobs could not be removed: its user may not do that (NOPERM)'],
    });
    world.cleans = { completed: 1, failed: 0, more: false };
    expect(await pass(world, 10)).toEqual(['10 crawl cleaning resolved']);
  });

  test('nobody asked for it, or it has room - it is left alone', async () => {
    const world = new World();
    world.answers['crawl'] = { memoryPercent: 99 };
    await pass(world, 2);
    const roomy = full();
    roomy.answers['crawl'] = { memoryPercent: 80 };
    await pass(roomy, 2);
    expect([...cleans(world), ...cleans(roomy), ...world.notices, ...roomy.notices]).toEqual([]);
  });
});

describe('workers', () => {
  test('that do not come - told with the words of ECS', async () => {
    const world = new World({ crawl: scaled({}) });
    world.answers['crawl'] = { waiting: 100 };
    world.runs(0, undefined, { desired: 7, said: 'unable to place a task: no address left' });
    expect(await pass(world, 12)).toEqual(['10 crawl stuck open']);
    expect(world.notices[0]?.lines).toContain('ECS says: unable to place a task: no address left');
    world.runs(7);
    expect(await pass(world, 2)).toEqual(['13 crawl stuck resolved']);
  });

  test('that come one by one - are not stuck', async () => {
    const world = new World({ crawl: scaled({}) });
    world.answers['crawl'] = { waiting: 100, completions: 300 };
    expect(await pass(world, 30, (minute) => world.runs(minute, undefined, { desired: minute + 3 }))).toEqual([]);
  });

  test('all at work, and jobs wait too long - told after ten minutes, and over after five', async () => {
    const world = new World({ crawl: scaled({ max: 3 }) });
    world.runs(3);
    world.answers['crawl'] = { waiting: 400, active: 12, oldestSeconds: 700, completions: 24 };
    expect(await pass(world, 12)).toEqual(['9 crawl overloaded open']);
    expect(world.notices[0]?.lines[0]).toBe('All of the 3 workers run, and jobs wait longer than 2 min.');
    world.answers['crawl'] = { waiting: 4, active: 12, oldestSeconds: 20, completions: 24 };
    expect(await pass(world, 6)).toEqual(['16 crawl overloaded resolved']);
  });

  test('that ran before the first look at an empty queue - one of them stays for its empty minutes', async () => {
    const world = new World({ crawl: scaled({}) });
    world.runs(5);
    await pass(world, 11);
    expect(world.metrics.map(([, metrics]) => (metrics as { Wanted: number }).Wanted)).toEqual([
      ...Array.from({ length: 10 }, () => 1),
      0,
    ]);
  });

  test('still there though it has long been empty - told; kept or by a floor - not', async () => {
    const world = new World({ crawl: scaled({}) });
    world.runs(2);
    expect(await pass(world, 30)).toEqual(['24 crawl idle open']);
    const floor = new World({ crawl: scaled({ min: 2 }) });
    floor.runs(2);
    const kept = new World({ crawl: scaled({}) });
    kept.runs(2);
    kept.facts['crawl'] = { words: [word('keep')] };
    expect([...(await pass(floor, 40)), ...(await pass(kept, 40))]).toEqual([]);
    expect(kept.registered).toEqual([['crawler-worker', { ...OPEN, inSuspended: true }]]);
  });

  test('limits are refused - tried every minute, told after three, and over', async () => {
    const world = new World();
    world.refusal = Object.assign(new Error('no such service-linked role'), { name: 'ValidationException' });
    expect(await pass(world, 4)).toEqual(['2 crawl scaling open']);
    expect(world.notices[0]?.lines[0]).toContain('ValidationException: no such service-linked role');
    world.refusal = undefined;
    expect(await pass(world, 2)).toEqual(['4 crawl scaling resolved']);
  });
});

describe('telling', () => {
  test('people cannot be told - it fails, and the same is told in the next minute, before what is new', async () => {
    const world = new World();
    world.answers['crawl'] = { unreadable: 'refuses connections' };
    await pass(world, 2);
    world.isMute = true;
    await expect(pass(world)).rejects.toThrow('not everything was done: Error: no topic');
    world.now += MINUTE;
    world.isMute = false;
    world.answers['crawl'] = {};
    expect(await pass(world)).toEqual(['3 crawl unreadable open', '3 crawl unreadable resolved']);
    expect(world.state.untold).toEqual([]);
  });

  test('one queue fails in a way that nobody thought of - it stays as it was, and another is tended', async () => {
    const world = new World({ crawl: aQueue(), mail: aQueue() });
    await pass(world);
    const { publishMetrics } = world.effects;
    world.effects.publishMetrics = (stage, queue, ...rest) => {
      if (queue === 'crawl') throw new Error('full');
      publishMetrics(stage, queue, ...rest);
    };
    await expect(pass(world)).rejects.toThrow('not everything was done: Error: full');
    expect(world.state.queues['crawl']?.reading?.at).toBe(START + 800);
    expect(world.state.queues['mail']?.reading?.at).toBe(START + MINUTE + 800);
  });

  test('a queue that the stage file does not name any more - what was open of it is over', async () => {
    const world = new World({ crawl: aQueue(), mail: aQueue() });
    world.answers['crawl'] = { unreadable: 'refuses connections' };
    await pass(world, 3);
    delete world.stage.queues['crawl'];
    await pass(world);
    expect(world.notices.at(-1)).toMatchObject({ workload: 'crawl', severity: 'info', resolves: ['unreadable'] });
    expect(Object.keys(world.state.queues)).toEqual(['mail']);
  });
});

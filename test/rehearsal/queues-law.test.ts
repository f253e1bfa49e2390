import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Entry, Happening } from '../../rehearsal/journal.ts';
import { QueueLaws } from '../../rehearsal/laws/queues.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { aNotice, aQueue, aStage } from '../shared/builders.ts';

// What the laws notice of workers by the queue, each broken on purpose.

const MINUTE = 60_000;
/** A Monday, 00:00 in Seoul. */
const START = Date.parse('2026-11-01T15:00:00Z');
const BOUNDS = { ServiceNamespace: 'ecs', ResourceId: 'service/crawler-workers/crawler-worker' };

let broken: string[];
let held: [since: number, until: number];
let tasks: { running: number; pending: number };
let emptySince: number | undefined;
let bounds: { min: number; max: number };
let laws: QueueLaws;

beforeEach(() => {
  broken = [];
  held = [0, 0];
  tasks = { running: 0, pending: 0 };
  emptySince = START;
  bounds = { min: 0, max: 50 };
  const queue = aQueue();
  const floor = [{ days: 'every-day' as const, from: '09:00', to: '18:00', workers: 2 }];
  const stage = aStage({ queues: { crawl: { ...queue, scaling: { ...queue.scaling, floor } } } });
  const jobs = {
    counts: () => ({}),
    get emptySince() {
      return emptySince;
    },
  };
  const isHeld = (_: string, since: number, at: number) => since > held[0] && at < held[1];
  laws = new QueueLaws(stage, [{ name: 'crawl', tasks, jobs, target: { bounds } }], isHeld, (law, _, text) =>
    broken.push(`${law}: ${text}`),
  );
});

const at = (minute: number) => START + minute * MINUTE;
const happens = (minute: number, happening: Happening) => laws.check({ ...happening, at: at(minute) } as Entry);
const measured = (minute: number, names = 'Waiting Active Backlog') =>
  happens(minute, { what: 'measured', queue: 'crawl', names });
const scaled = (minute: number, from: number, to: number, by = 'policy lamplighter-dev-crawl-none') =>
  happens(minute, { what: 'scaled', queue: 'crawl', from, to, by });
const registers = (input: object, error?: string) =>
  happens(1, {
    ...{ what: 'call', caller: 'tend', service: 'application auto scaling', operation: 'RegisterScalableTarget' },
    ...{ input: { ...BOUNDS, ...input }, ...(error && { error }) },
  });
const told = (minute: number, notice: Partial<Notice>) =>
  happens(minute, { what: 'notice', notice: aNotice({ workload: 'crawl', cause: 'stuck', ...notice }) });
/** Nothing happens, minute by minute. */
const pass = (from: number, to: number) => {
  for (let minute = from; minute <= to; minute++) happens(minute, { what: 'heartbeat' });
};

describe('law 4 - scaling in loses no job', () => {
  test('a task is stopped while it works - broken', () => {
    happens(1, { what: 'killed', queue: 'crawl', task: 'task-3', jobs: 2 });
    expect(broken).toEqual(['4: crawl: task-3 was stopped while it was doing 2 jobs']);
  });
});

describe('law 5 - what the stage file names, and as many as it says', () => {
  test('more than it says are registered - broken', () => {
    registers({ MaxCapacity: 51 });
    expect(broken).toEqual(['5: tend registered 51 workers, and the stage file has 50']);
  });

  test.each([[{ MaxCapacity: 10 }], [{ MinCapacity: 1 }]])('%j - kept', (input) => {
    registers(input);
    expect(broken).toEqual([]);
  });

  test('refused by AWS - kept', () => {
    registers({ MaxCapacity: 51 }, 'ValidationException');
    expect(broken).toEqual([]);
  });

  test('a service of somebody else - broken', () => {
    registers({ ResourceId: 'service/theirs/shop', MaxCapacity: 1 });
    expect(broken).toEqual(['5: tend registered service/theirs/shop, which the stage file does not name']);
  });

  test('more than are registered are wanted - broken', () => {
    bounds.max = 10;
    scaled(1, 5, 11);
    expect(broken).toEqual(['5: crawl: 11 workers are wanted, and at most 10 are registered']);
  });
});

describe('law 6 - nothing starts while it is held', () => {
  test.each([
    ['held for five minutes', 5, 1],
    ['held for a minute: the next look has not been yet', 1, 0],
    ['held no more', 65, 0],
  ])('%s - %d', (_, minute, count) => {
    held = [at(0), at(60)];
    measured(minute);
    scaled(minute, 0, 2, 'policy lamplighter-dev-crawl-wanted');
    expect(broken).toHaveLength(count);
  });

  test('workers are taken away meanwhile - kept', () => {
    held = [at(0), at(60)];
    measured(5);
    scaled(5, 2, 0);
    expect(broken).toEqual([]);
  });
});

describe('law 8 - nothing is scaled in that nobody has measured', () => {
  test('nothing for five minutes - broken', () => {
    measured(1);
    scaled(6, 2, 0);
    expect(broken).toEqual(['8: crawl: workers were taken away (2 to 0) and nothing was measured']);
  });

  test('it was only said that it is unreadable - broken', () => {
    measured(1);
    measured(6, 'Unreadable');
    scaled(6, 2, 0);
    expect(broken).toHaveLength(1);
  });

  test.each([
    ['measured a minute ago', 5, 'policy x', 0],
    ['by somebody who registered fewer', 1, 'bounds', 0],
  ])('%s - kept', (_, minute, by, count) => {
    measured(minute);
    scaled(6, 2, 0, by);
    expect(broken).toHaveLength(count);
  });

  test('more workers - kept: missing data may not take away', () => {
    scaled(6, 0, 2);
    expect(broken).toEqual([]);
  });
});

describe('law 1 - workers of an empty queue stop, or people are told', () => {
  test('they run on - broken once, after the empty minutes and twenty', () => {
    tasks.running = 1;
    pass(0, 30);
    expect(broken).toEqual([]);
    pass(31, 90);
    expect(broken).toEqual(['1: crawl: 1 workers run although the queue is empty, and nobody was told']);
  });

  test('told of trouble with it - kept, and broken when that is over', () => {
    tasks.running = 1;
    told(1, { severity: 'warning', state: 'open' });
    pass(2, 120);
    expect(broken).toEqual([]);
    told(121, { severity: 'success', state: 'resolved' });
    pass(122, 160);
    expect(broken).toHaveLength(1);
  });

  test.each([
    ['there is something to do', () => (emptySince = undefined)],
    ['nothing runs', () => (tasks.running = 0)],
    ['somebody keeps them', () => happens(0, { what: 'person', act: 'keep', workload: 'crawl', until: at(200) })],
  ])('%s - kept', (_, so) => {
    tasks.running = 1;
    so();
    pass(1, 120);
    expect(broken).toEqual([]);
  });

  test('as many as the schedule has them at least - kept, and one more is broken', () => {
    tasks.running = 2;
    emptySince = at(9 * 60);
    pass(9 * 60, 12 * 60);
    expect(broken).toEqual([]);
    tasks.running = 3;
    pass(12 * 60, 13 * 60);
    expect(broken).toHaveLength(1);
  });

  test('the hours of the schedule are over - broken', () => {
    tasks.running = 2;
    emptySince = at(9 * 60);
    pass(9 * 60, 19 * 60);
    expect(broken).toHaveLength(1);
  });
});

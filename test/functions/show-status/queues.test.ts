import { describe, expect, test } from '@jest/globals';
import { output } from '../../../functions/show-status/contract.ts';
import { queuesAsRead } from '../../../functions/show-status/of-queue.ts';
import type { StageKnown } from '../../../functions/show-status/of-stage.ts';
import type { Facts } from '../../../shared/state/facts.ts';
import { NOTHING_REMEMBERED, type QueueMemory } from '../../../shared/state/queues.ts';
import { aQueue, aStage } from '../../shared/builders.ts';
import { aDay } from '../../shared/cost/ledger-days.ts';

/** Monday, 2 November 2026, 10:00 in Seoul. */
const NOW = Date.parse('2026-11-02T10:00:00+09:00');
const MINUTE = 60_000;
const reading = { at: NOW - MINUTE, waiting: 72, active: 48, delayed: 3, due: 2, failed: 1, oldestSeconds: 95 };
const workers = { running: 12, pending: 1, desired: 13 };

interface World {
  memory?: Partial<QueueMemory>;
  at?: number;
  facts?: Partial<Facts>;
  known?: Partial<StageKnown>;
}

async function crawl({ memory, at = NOW - MINUTE, facts = {}, known = {} }: World) {
  const stage = aStage({ workloads: {}, queues: { crawl: aQueue({ budget: { daily: 5 } }) } });
  const effects = {
    getQueues: async () => ({
      ...{ at, version: 1, untold: [] },
      queues: (memory ? { crawl: { ...NOTHING_REMEMBERED, ...memory } } : {}) as Record<string, QueueMemory>,
    }),
    factsOf: async () => ({ words: [], ...facts }),
  };
  const ofStage = { facts: { words: [] }, threads: [], days: [], bills: [], today: '2026-11-02', ...known };
  const [[name, found] = []] = await queuesAsRead(['crawl'], stage, ofStage, NOW, effects);
  expect(name).toBe('crawl');
  if (!found) throw new Error('no queue');
  // Whoever reads it later, a page or a script, finds what the contract says.
  expect(output.shape.queues.parse({ crawl: found })).toEqual({ crawl: found });
  return found;
}

describe('a queue, as it is now', () => {
  const empty = { ...reading, waiting: 0, active: 0, due: 0 };
  const since = NOW - 5 * MINUTE;
  const unreadable = { since, minutes: 5, problem: 'wrong password', told: true as const };
  test.each<[string, World, object]>([
    ['jobs, and workers', { memory: { reading, workers } }, { now: 'working', depth: { backlog: 122, waiting: 72 } }],
    ['jobs, and no worker', { memory: { reading, workers: { ...workers, running: 0 } } }, { now: 'waiting' }],
    ['jobs, and nobody saw the workers', { memory: { reading } }, { now: 'working' }],
    ['no jobs but later ones', { memory: { reading: empty, workers } }, { now: 'empty', depth: { delayed: 3 } }],
    [
      'it cannot be read',
      { memory: { reading, workers, troubles: { unreadable } } },
      { now: 'unreadable', why: 'wrong password', since: '2026-11-02T09:55:00+09:00' },
    ],
    [
      'nobody looked lately',
      { memory: { reading, workers }, at: NOW - 6 * MINUTE },
      { now: 'unknown', why: 'it was not looked at lately', lookedAt: '2026-11-02T09:54:00+09:00' },
    ],
    ['nobody has looked yet', {}, { now: 'unknown', max: 50 }],
    ['it was not read yet', { memory: { workers } }, { now: 'unknown', why: 'it was not read yet' }],
  ])('%s', async (_, world, expected) => {
    expect(await crawl(world)).toMatchObject(expected);
  });

  test('what holds its workers - the limits that are registered, and why the maximum is held down', async () => {
    const memory: Partial<QueueMemory> = {
      ...{ reading, workers, wanted: 7 },
      limits: { min: 0, max: 10, inSuspended: false, outSuspended: true, at: NOW },
      runaway: {
        ...NOTHING_REMEMBERED.runaway,
        capped: { since: NOW - 20 * MINUTE, why: 'errors', backlog: 122, calm: 0, minutes: 3 },
      },
    };
    expect(await crawl({ memory })).toMatchObject({
      wanted: 7,
      limits: { min: 0, max: 10, grows: false, shrinks: true },
      capped: { since: '2026-11-02T09:40:00+09:00', why: 'errors' },
    });
  });

  test('what people said, and its own budget - why no worker is started', async () => {
    const word = { act: 'pause' as const, by: 'ana', why: 'a migration', at: '2026-11-02T00:00:00Z' };
    const budget = { day: '2026-11-02', until: '2026-11-03T00:00:00+09:00', usd: 5.2, limit: 5 };
    const found = await crawl({ memory: { reading, workers }, facts: { words: [word], budget } });
    expect(found.held).toEqual(['paused by ana: a migration', expect.stringMatching(/^over budget: 5.20 of 5/)]);
    expect(found).toMatchObject({ words: [{ act: 'pause', by: 'ana' }], overBudget: { usd: 5.2, limit: 5 } });
  });

  test('today - what was done, and what it has cost', async () => {
    const today = {
      ...{ day: '2026-11-02', arrived: 900, done: 800, failed: 2, workerSeconds: 11_700, peakWorkers: 20 },
      ...{ peakBacklog: 500, unreadableMinutes: 0, cappedMinutes: 0 },
    };
    const days = [aDay('2026-11-02', { crawl: { usd: 0.18, onSeconds: 11_700 } })];
    expect(await crawl({ memory: { reading, workers, today }, known: { days } })).toMatchObject({
      done: { arrived: 900, done: 800, failed: 2, workerHours: 3.25, peak: 20 },
      today: { usd: 0.18, onSeconds: 11_700, limit: 5, unknown: [] },
    });
  });
});

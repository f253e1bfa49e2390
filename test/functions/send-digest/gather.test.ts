import { describe, expect, test } from '@jest/globals';
import { fold } from '../../../functions/route-notices/fold.ts';
import { gather } from '../../../functions/send-digest/gather.ts';
import { spanOf } from '../../../functions/send-digest/span.ts';
import type { QueueDay } from '../../../shared/queues/day.ts';
import { NOTHING_REMEMBERED, type QueuesState } from '../../../shared/state/queues.ts';
import { aNotice, aQueue, aRun, aStage, aWorkload } from '../../shared/builders.ts';
import { aDay } from '../../shared/cost/ledger-days.ts';

const AT = Date.parse('2026-11-02T17:30:00+09:00');
const SPAN = spanOf('daily', AT, 'Asia/Seoul');
const STAGE = aStage({
  prices: { 't3.medium': 0.05 },
  budget: { daily: 20 },
  workloads: {
    nightly: aWorkload({ instance: { id: 'i-1', type: 't3.medium' }, breakerFailures: 3 }),
    office: aWorkload({ timezone: 'America/New_York' }),
  },
});
const TODAY = aDay('2026-11-02', { nightly: { usd: 0.2, onSeconds: 3600 } });

function effects(overrides: Partial<Parameters<typeof gather>[2]> = {}) {
  const asked: unknown[] = [];
  const given = {
    runsBetween: async (...question: unknown[]) => {
      asked.push(question);
      return [];
    },
    daysBetween: async (...question: unknown[]) => {
      asked.push(question);
      return [TODAY];
    },
    getBreaker: async () => undefined,
    overridesOf: async () => [],
    openThreads: async () => [],
    hoursBetween: async () => [],
    downtimesBetween: async () => [],
    getQueues: async (): Promise<QueuesState> => ({ at: 0, version: 0, queues: {}, untold: [] }),
    queueDaysBetween: async (): Promise<QueueDay[]> => [],
    ...overrides,
  };
  return { asked, given };
}

test('a day - its runs by the clock of each workload, what was usual before, and the days of its month', async () => {
  const { asked, given } = effects();
  const facts = await gather(SPAN, STAGE, given);
  expect(asked).toEqual(
    expect.arrayContaining([
      ['2026-11-02', '2026-11-02'],
      ['2026-11-01', '2026-11-02'],
      // A run that began in the two days before may have ended in this one.
      ['nightly', { from: '2026-10-30T17:30', before: '2026-11-02T17:30' }],
      ['nightly', { before: '2026-11-01T17:30', limit: 60 }],
      ['office', { from: '2026-10-30T04:30', before: '2026-11-02T03:30' }],
    ]),
  );
  expect(facts.spend).toMatchObject({ usd: 0.2, limit: 20, alwaysOn: 12 * 0.05 });
  expect(facts.picture).toEqual({
    ...{ month: '2026-11', limit: 20 },
    days: [{ day: '2026-11-02', workloads: { nightly: { hours: 1, usd: 0.2 } } }],
  });
});

test('the usual duration - of the last twenty successes before, whatever lies between them', async () => {
  const runsBetween = async (workload: string, { limit }: { limit?: number }) =>
    workload !== 'nightly'
      ? []
      : limit === undefined
        ? [aRun({ status: 'succeeded', jobSeconds: 600, endedAt: '2026-11-02T00:00:00.000Z' })]
        : [
            aRun({ status: 'failed', jobSeconds: 1 }),
            ...Array.from({ length: 20 }, () => aRun({ status: 'succeeded', jobSeconds: 300 })),
            aRun({ status: 'succeeded', jobSeconds: 90_000 }),
          ];
  const { workloads } = await gather(SPAN, STAGE, effects({ runsBetween }).given);
  expect(workloads[0]).toMatchObject({ name: 'nightly', took: { median: 600, usual: 300 } });
});

test('what a person should look at - incidents, breakers, what is held back, prices that are missing', async () => {
  const openedAt = AT - 3_600_000;
  const thread = fold(undefined, aNotice({ cause: 'runs', state: 'open', severity: 'critical' }), openedAt, 3_600_000);
  const { attention } = await gather(
    SPAN,
    STAGE,
    effects({
      openThreads: async () => [thread],
      getBreaker: async (workload) => ({ failures: workload === 'nightly' ? 3 : 2, lastRun: 'x' }),
      overridesOf: async (workload) =>
        workload === undefined
          ? [
              { act: 'pause', by: 'kim', why: 'move', at: '2026-11-01T00:00:00Z' },
              { act: 'keep', by: 'lee', why: 'look', at: '2026-11-01T00:00:00Z', until: '2026-11-03T00:00:00Z' },
            ]
          : [],
    }).given,
  );
  expect(attention).toEqual({
    incidents: [{ workload: 'nightly', title: 'nightly failed', severity: 'critical', openedAt }],
    breakers: [{ workload: 'nightly', failures: 3 }],
    pauses: [{ by: 'kim', why: 'move' }],
    unpriced: ['office: instance.type'],
  });
});

test('no day in the ledger - nothing is said to have been spent, and there is no picture', async () => {
  const facts = await gather(SPAN, STAGE, effects({ daysBetween: async () => [] }).given);
  expect(facts).not.toHaveProperty('spend');
  expect(facts).not.toHaveProperty('picture');
});

describe('queues', () => {
  const aQueueDay = (day: string, more: Partial<QueueDay> = {}): QueueDay => ({
    ...{ day, arrived: 10, done: 9, failed: 1, workerSeconds: 3600, peakWorkers: 4, peakBacklog: 30 },
    ...{ unreadableMinutes: 0, cappedMinutes: 5 },
    ...more,
  });
  const stage = aStage({ workloads: {}, queues: { crawl: aQueue({ budget: { daily: 5 } }) } });
  const of = async (period: 'daily' | 'weekly', over: QueueDay[], today?: QueueDay) => {
    const asked: unknown[] = [];
    const { queues } = await gather(
      spanOf(period, AT, 'Asia/Seoul'),
      stage,
      effects({
        daysBetween: async () => [aDay('2026-11-02', { crawl: { usd: 0.4, onSeconds: 7200 } })],
        getQueues: async () => ({
          ...{ at: AT, version: 1, untold: [] },
          queues: { crawl: { ...NOTHING_REMEMBERED, ...(today && { today }) } },
        }),
        queueDaysBetween: async (...question: string[]) => {
          asked.push(question);
          return over;
        },
      }).given,
    );
    return { crawl: queues[0], asked };
  };

  test('a week - its days that are over, and the one that is not; what they have cost', async () => {
    const today = aQueueDay('2026-11-02', { peakWorkers: 12, unreadableMinutes: 3 });
    const { crawl, asked } = await of('weekly', [aQueueDay('2026-10-31'), aQueueDay('2026-11-01')], today);
    expect(asked).toEqual([['crawl', '2026-10-27', '2026-11-02']]);
    expect(crawl).toEqual({
      ...{ name: 'crawl', usd: 0.4, limit: 5 },
      days: {
        ...{ arrived: 30, done: 27, failed: 3, workerSeconds: 10_800, peakWorkers: 12, peakBacklog: 30 },
        ...{ unreadableMinutes: 3, cappedMinutes: 15 },
      },
    });
  });

  test('a day that has just been written down as over - is not counted twice', async () => {
    const { crawl } = await of('daily', [aQueueDay('2026-11-02')], aQueueDay('2026-11-02'));
    expect(crawl?.days?.done).toBe(9);
  });

  test('nobody has counted - not known, and not nothing', async () => {
    const { crawl } = await of('daily', [], aQueueDay('2026-10-01'));
    expect(crawl).toEqual({ name: 'crawl', usd: 0.4, limit: 5 });
  });
});

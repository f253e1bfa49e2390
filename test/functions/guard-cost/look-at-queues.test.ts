import { describe, expect, test } from '@jest/globals';
import { lookAtQueues } from '../../../functions/guard-cost/look-at-queues.ts';
import type { ServiceFacts, WorkerService } from '../../../shared/aws/workers.ts';
import type { QueueDay } from '../../../shared/queues/day.ts';
import type { DaySpend } from '../../../shared/state/ledger.ts';
import { NOTHING_REMEMBERED, type QueueMemory, type QueuesState } from '../../../shared/state/queues.ts';
import { aQueue, aStage } from '../../shared/builders.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-02T14:00:00+09:00');
const stage = aStage({ workloads: {}, queues: { crawl: aQueue() } });

const aDay = (day: string, workerSeconds: number): QueueDay => ({
  ...{ day, workerSeconds, arrived: 0, done: 0, failed: 0, peakWorkers: 0, peakBacklog: 0 },
  ...{ unreadableMinutes: 0, cappedMinutes: 0 },
});
const was = (counted?: DaySpend['counted']): DaySpend => ({
  ...{ usd: 1, onSeconds: 1, isOn: true, seenAt: new Date(NOW - 15 * MINUTE).toISOString() },
  ...(counted && { counted }),
});

interface World {
  at?: number;
  memory?: Partial<QueueMemory>;
  ended?: QueueDay[];
  ecs?: ServiceFacts | Error;
  before?: DaySpend;
}

async function look({ at = NOW - MINUTE, memory, ended = [], ecs, before }: World) {
  const asked: string[] = [];
  const effects = {
    getQueues: async (): Promise<QueuesState> => ({
      ...{ at, version: 3, untold: [] },
      queues: memory ? { crawl: { ...NOTHING_REMEMBERED, ...memory } } : {},
    }),
    queueDaysBetween: async (_: string, from: string, to: string) => {
      asked.push(`${from} to ${to}`);
      return ended;
    },
    describeWorkers: async (services: WorkerService[]) => {
      asked.push('ecs');
      return new Map(ecs ? services.map(({ cluster, service }) => [`${cluster}/${service}`, ecs] as const) : []);
    },
  };
  const [[name, found] = ['', undefined]] = lookAtQueues(stage, () => before, NOW, effects);
  expect(name).toBe('crawl');
  return { look: await found, asked };
}

const five = { running: 5, pending: 0, desired: 5 };

describe('lookAtQueues, workers that are counted every minute', () => {
  test('seen first - what they have run today', async () => {
    const { look: found, asked } = await look({ memory: { workers: five, today: aDay('2026-11-02', 900) } });
    expect(found).toEqual({
      isOn: true,
      workers: { lasting: 5, seconds: 900, counted: { day: '2026-11-02', seconds: 900 } },
    });
    expect(asked).toEqual([]);
  });

  test('seen before - what they have run since', async () => {
    const before = was({ day: '2026-11-02', seconds: 600 });
    const { look: found } = await look({ memory: { workers: five, today: aDay('2026-11-02', 900) }, before });
    expect(found).toMatchObject({ workers: { seconds: 300 } });
  });

  test('a burst of the last minutes - no more is taken to last than ran on average; what goes down goes down', async () => {
    const before = was({ day: '2026-11-02', seconds: 600 });
    const lasting = async (running: number, workerSeconds: number) => {
      const workers = { running, pending: 0, desired: running };
      const { look: found } = await look({ memory: { workers, today: aDay('2026-11-02', workerSeconds) }, before });
      return found && 'workers' in found ? found.workers.lasting : undefined;
    };
    expect(await lasting(36, 600 + 9 * 900)).toBe(9);
    expect(await lasting(2, 600 + 9 * 900)).toBe(2);
  });

  test('a day has ended meanwhile - its rest, and what is of today', async () => {
    const before = was({ day: '2026-11-01', seconds: 600 });
    const today = aDay('2026-11-02', 120);
    const { look: found, asked } = await look({
      memory: { workers: five, today },
      ended: [aDay('2026-11-01', 1000)],
      before,
    });
    expect(found).toMatchObject({ workers: { seconds: 520, counted: { day: '2026-11-02', seconds: 120 } } });
    expect(asked).toEqual(['2026-11-01 to 2026-11-02']);
  });

  test('none run - it is off; one that is being started is on', async () => {
    const memory = (pending: number) => ({
      workers: { running: 0, pending, desired: 0 },
      today: aDay('2026-11-02', 0),
    });
    expect((await look({ memory: memory(0) })).look).toMatchObject({ isOn: false });
    expect((await look({ memory: memory(1) })).look).toMatchObject({ isOn: true });
  });
});

describe('lookAtQueues, nobody has counted lately', () => {
  const stale = { at: NOW - 6 * MINUTE, memory: { workers: five, today: aDay('2026-11-02', 900) } };
  const before = was({ day: '2026-11-02', seconds: 900 });

  test('ECS says how many run - all the time since the last look; what was counted is not counted again', async () => {
    const { look: found, asked } = await look({ ...stale, ecs: { running: 40, pending: 2, desired: 42 }, before });
    expect(found).toEqual({
      isOn: true,
      workers: { lasting: 40, seconds: 40 * 900, counted: { day: '2026-11-02', seconds: 900 } },
    });
    expect(asked).toEqual(['ecs']);
  });

  test('whoever counts could not see them - ECS is asked here', async () => {
    const { asked } = await look({ memory: { today: aDay('2026-11-02', 900) }, ecs: five, before });
    expect(asked).toEqual(['ecs']);
  });

  test('there is no such service - none run', async () => {
    expect((await look({ ...stale, before })).look).toMatchObject({ isOn: false, workers: { lasting: 0, seconds: 0 } });
  });

  test('ECS does not answer - the error is its own', async () => {
    const ecs = Object.assign(new Error('no'), { name: 'ThrottlingException' });
    await expect(look({ ...stale, ecs, before })).rejects.toThrow(ecs);
  });
});

test('no queues - nothing is asked', () => {
  const refuse = async (): Promise<never> => {
    throw new Error('asked');
  };
  const effects = { getQueues: refuse, queueDaysBetween: refuse, describeWorkers: refuse };
  expect(lookAtQueues(aStage(), () => undefined, NOW, effects)).toEqual([]);
});

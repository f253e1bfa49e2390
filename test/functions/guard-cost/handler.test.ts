import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { guardCost } from '../../../functions/guard-cost/handler.ts';
import type { InstanceFacts } from '../../../shared/aws/instances.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Budget } from '../../../shared/stage/compiled.ts';
import type { Emergency } from '../../../shared/state/emergency.ts';
import type { LedgerDay } from '../../../shared/state/ledger.ts';
import { aStage, aWorkload, INSTANCE } from '../../shared/builders.ts';
import { noQueues } from './no-queues.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.parse('2026-11-02T00:00:00+09:00');

interface World {
  budget?: Budget;
  own?: { daily: number };
  /** US dollars an hour of the instance, which is on since midnight. */
  price?: number;
  emergency?: Emergency;
  state?: 'running' | 'stopped';
  refuses?: string;
}

/** A day in which the guard comes when it is told to. */
function world({
  budget = { daily: 20, emergency: 50 },
  own,
  price = 10,
  emergency,
  state = 'running',
  refuses,
}: World = {}) {
  let at = MIDNIGHT;
  let days: LedgerDay[] = [];
  let known = emergency;
  const did: unknown[][] = [];
  const published: Notice[] = [];
  const stage = aStage({
    budget,
    prices: { 'x.large': price },
    workloads: { nightly: aWorkload({ instance: { id: INSTANCE, type: 'x.large' }, ...(own && { budget: own }) }) },
  });
  const refuse = (what: string) => {
    if (refuses === what) throw new Error(`${what} is refused`);
  };
  const effects = {
    stage: () => stage,
    newestDays: async () => days.slice(-1),
    putDay: async (day: LedgerDay, before: string | undefined) => {
      const last = days.find((candidate) => candidate.day === day.day);
      expect(last?.observedAt).toBe(before);
      days = [...days.filter((candidate) => candidate.day !== day.day), day];
      return true;
    },
    describeInstances: async (): Promise<Map<string, InstanceFacts>> =>
      new Map([
        [INSTANCE, { state, type: 'x.large', launchedAt: MIDNIGHT, ...(state === 'stopped' && { stoppedAt: at }) }],
      ]),
    describeStack: async () => undefined,
    ...noQueues,
    newestRuns: async () => [],
    closeBudgetGate: async (workload: string | undefined, gate: { until: string; usd: number; limit: number }) => {
      refuse('closeBudgetGate');
      did.push(['close', workload, gate.until, gate.limit]);
    },
    newestEmergency: async () => known,
    putEmergency: async (next: Emergency) => {
      known = next;
    },
    startExecution: async (act: string, name: string, input: object) => {
      refuse('startExecution');
      did.push([act, name, input]);
      return true;
    },
    publish: async (notice: Notice) => {
      refuse('publish');
      published.push(notice);
    },
    comeBack: async (when: number | undefined) => {
      if (when !== undefined) did.push(['come back', (when - MIDNIGHT) / HOUR]);
    },
    readBill: async () => {
      did.push(['ask for the bill']);
    },
    now: () => at,
  };
  const tick = (hours: number) => {
    at = MIDNIGHT + hours * HOUR;
    return guardCost({}, effects);
  };
  return {
    did,
    published,
    tick,
    effects,
    emergency: () => known,
    acts: (what: string) => did.filter(([act]) => act === what),
  };
}

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('guardCost, the daily limit', () => {
  test('under it, and not reached today - nothing is done', async () => {
    const { did, published, tick } = world({ price: 0.5 });
    expect(await tick(1)).toEqual({
      ...{ day: '2026-11-02', asOf: '2026-11-01T16:00:00.000Z', usd: 0.5, unknown: [], done: [] },
    });
    expect([did, published]).toEqual([[], []]);
  });

  test('reached - the gate is closed until midnight, and it is said once', async () => {
    const { acts, published, tick } = world({ price: 10 });
    await tick(2.25);
    await tick(2.5);
    expect(acts('close')).toEqual([['close', undefined, '2026-11-03T00:00:00+09:00', 20]]);
    const said = published.filter(({ cause }) => cause === 'daily-limit');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({
      severity: 'warning',
      workload: 'lamplighter',
      title: 'dev: daily limit of $20.00 reached',
    });
    expect(said[0]?.lines).toContain('Estimated spending today: $22.50 as of 02:15.');
  });

  test('it could not be said - the gate is closed all the same, the error gets through, and it is said the next time', async () => {
    const { acts, effects, published, tick } = world({ budget: { daily: 20 } });
    const { publish } = effects;
    effects.publish = async () => {
      throw new Error('no SNS');
    };
    await expect(tick(3)).rejects.toThrow('the guard could not act: Error: no SNS');
    expect(acts('close')).toHaveLength(1);
    effects.publish = publish;
    await tick(3.25);
    expect(published.map(({ cause }) => cause)).toEqual(['daily-limit']);
  });

  test('that of one workload - its own gate, by its own name', async () => {
    const { acts, published, tick } = world({ budget: {}, own: { daily: 5 } });
    await tick(1);
    expect(acts('close')).toEqual([['close', 'nightly', '2026-11-03T00:00:00+09:00', 5]]);
    expect(published[0]).toMatchObject({
      workload: 'nightly',
      kind: 'batch',
      title: 'nightly: daily limit of $5.00 reached',
    });
  });

  test('the next day - it begins anew', async () => {
    const { acts, tick } = world({ price: 1, budget: { daily: 20 } });
    await tick(21);
    await tick(25);
    await tick(45);
    expect(acts('close').map(([, , until]) => until)).toEqual([
      '2026-11-03T00:00:00+09:00',
      '2026-11-04T00:00:00+09:00',
    ]);
  });
});

test('guardCost, another one was faster - it acts, and this one does not', async () => {
  const { did, effects, published, tick } = world();
  effects.putDay = async () => false;
  expect(await tick(6)).toEqual({ done: ['left to another guard'] });
  expect([did, published]).toEqual([[], []]);
});

describe('guardCost, a limit to come', () => {
  test('people are warned of the nearest one once, and the guard comes back then', async () => {
    const { acts, published, tick } = world({ price: 10 });
    await tick(1);
    await tick(1.25);
    expect(published.map(({ cause, title }) => [cause, title])).toEqual([
      ['burn-rate', 'dev: limit of $20.00 at 02:00 at this pace'],
    ]);
    expect(acts('come back')).toEqual([
      ['come back', 2],
      ['come back', 2],
    ]);
  });
});

describe('guardCost, the emergency limit', () => {
  test('reached - everything is stopped, once', async () => {
    const { acts, tick } = world({ price: 10, state: 'stopped' });
    await tick(5.1);
    await tick(5.2);
    expect(acts('emergency')).toEqual([
      ['emergency', 'emergency-2026-11-02-1', { by: 'guard-cost', why: 'spending $51.00 of $50.00' }],
    ]);
  });

  test('a quarter of an hour later something is on - stopped again', async () => {
    const { acts, tick } = world();
    await tick(5.1);
    await tick(5.35);
    expect(acts('emergency').map(([, name]) => name)).toEqual(['emergency-2026-11-02-1', 'emergency-2026-11-02-2']);
  });

  test('a person resumed - not before as much is spent again', async () => {
    const before: Emergency = { day: '2026-11-02', times: 1, usd: 51, at: '2026-11-01T20:06:00.000Z', endedBy: 'ana' };
    const { acts, tick } = world({ emergency: before });
    await tick(9.9);
    expect(acts('emergency')).toEqual([]);
    await tick(10.2);
    expect(acts('emergency').map(([, name]) => name)).toEqual(['emergency-2026-11-02-2']);
  });

  test('the machine cannot be started - the gate is closed, the error gets through, and it is tried again', async () => {
    const { acts, emergency, tick } = world({ refuses: 'startExecution' });
    await expect(tick(6)).rejects.toThrow('startExecution is refused');
    expect(acts('close')).toHaveLength(1);
    expect(emergency()).toBeUndefined();
  });
});

describe('guardCost, what is not known', () => {
  test('a type without a price - said once a day as unknown', async () => {
    const { effects, published, tick } = world();
    const of = effects.stage();
    effects.stage = () => ({ ...of, prices: {} });
    expect(await tick(1)).toMatchObject({ usd: 0, unknown: ['nightly: no price for x.large'] });
    await tick(1.25);
    expect(published.map(({ cause }) => cause)).toEqual(['spend-unknown']);
  });

  test('EC2 does not answer for a moment - not worth a word; for longer than half an hour it is', async () => {
    const { effects, published, tick } = world({ price: 0.1 });
    await tick(1);
    effects.describeInstances = async () => {
      throw new Error('no EC2');
    };
    await tick(1.25);
    expect(published).toEqual([]);
    await tick(1.75);
    expect(published.map(({ cause, lines }) => [cause, lines[0]])).toEqual([
      ['spend-unknown', 'Not in the estimate: nightly: Error.'],
    ]);
  });
});

describe('guardCost, the bill', () => {
  test('asked for once a day, from ten on', async () => {
    const { acts, tick } = world({ price: 0.1, budget: { bill: 'account' } });
    for (const hour of [9.75, 10, 10.25, 23, 33, 34.25]) await tick(hour);
    expect(acts('ask for the bill')).toHaveLength(2);
  });

  test('the stage file does not ask for it - nor does the guard', async () => {
    const { acts, tick } = world({ price: 0.1, budget: { daily: 20 } });
    await tick(12);
    expect(acts('ask for the bill')).toEqual([]);
  });
});

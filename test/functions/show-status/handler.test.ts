import { describe, expect, test } from '@jest/globals';
import { output } from '../../../functions/show-status/contract.ts';
import { showStatus } from '../../../functions/show-status/handler.ts';
import type { InstanceState } from '../../../shared/aws/instances.ts';
import type { StackFacts } from '../../../shared/aws/stacks.ts';
import { InstanceNotFound } from '../../../shared/errors.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Facts } from '../../../shared/state/facts.ts';
import type { Bill, LedgerDay } from '../../../shared/state/ledger.ts';
import type { QueuesState } from '../../../shared/state/queues.ts';
import type { Run } from '../../../shared/state/runs.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import type { Thread } from '../../../shared/threads/thread.ts';
import { anEnvironment, anEnvironmentRun, aRun, aStage, aWorkload } from '../../shared/builders.ts';

/** Monday, 2 November 2026, 10:00 in Seoul. */
const NOW = Date.parse('2026-11-02T10:00:00+09:00');
const word = { by: 'ana', why: 'moving', at: '2026-11-02T00:00:00Z' };

interface World {
  stage?: Partial<CompiledStage>;
  facts?: Record<string, Partial<Facts>>;
  runs?: Record<string, Run[]>;
  instance?: InstanceState | Error;
  stack?: string | Error;
  steps?: StepRecord[];
  threads?: Thread[];
  days?: LedgerDay[];
  bills?: Bill[];
}

function world({
  stage = {},
  facts = {},
  runs = {},
  instance = 'stopped',
  stack,
  steps = [],
  threads = [],
  days = [],
  bills = [],
}: World) {
  const asked: unknown[] = [];
  const workloads = { nightly: aWorkload(), 'chat-app': anEnvironment() };
  return {
    asked,
    effects: {
      stage: () => aStage({ workloads, ...stage }),
      factsOf: async (workload: string | undefined): Promise<Facts> => ({ words: [], ...facts[workload ?? ''] }),
      newestRuns: async (workload: string) => runs[workload] ?? [],
      stepsOf: async () => steps,
      newestWatch: async () => ({ state: { services: {} } }),
      getQueues: async (): Promise<QueuesState> => ({ at: 0, version: 0, queues: {}, untold: [] }),
      hoursBetween: async () => [],
      downtimesBetween: async () => [],
      openThreads: async () => threads,
      daysBetween: async (...range: string[]) => {
        asked.push(range);
        return days;
      },
      billsBetween: async (...range: string[]) => {
        asked.push(range);
        return bills;
      },
      instanceState: async () => {
        if (instance instanceof Error) throw instance;
        return instance;
      },
      describeStack: async (): Promise<StackFacts | undefined> => {
        if (stack instanceof Error) throw stack;
        return stack ? { id: 'arn', status: stack, parameters: {}, createdAt: 0 } : undefined;
      },
      now: () => NOW,
    },
  };
}

const status = async (one: World, workload?: string) => {
  const answer = await showStatus(workload ? { workload } : {}, world(one).effects);
  // Whoever reads it later, a page or a script, finds what the contract says.
  expect(output.parse(answer)).toEqual(answer);
  return answer;
};
const nightly = async (one: World) => (await status(one)).workloads['nightly'];
const chat = async (one: World) => (await status(one)).workloads['chat-app'];

describe('showStatus', () => {
  test('a quiet day - what each is, and what comes next', async () => {
    const answer = await status({});
    expect(answer).toMatchObject({ stage: 'dev', at: '2026-11-02T10:00:00+09:00', words: [], incidents: [] });
    expect(answer.workloads['nightly']).toMatchObject({
      ...{ kind: 'batch', now: 'off', seen: 'stopped', held: [], words: [] },
      next: { start: '2026-11-03T02:00:00+09:00', stop: '2026-11-03T04:00:00+09:00', skipped: [] },
    });
    expect(answer.workloads['chat-app']).toMatchObject({ kind: 'environment', now: 'off', seen: 'absent' });
  });

  test('one workload - it alone; one that the stage does not have - named', async () => {
    expect(Object.keys((await status({}, 'nightly')).workloads)).toEqual(['nightly']);
    await expect(status({}, 'nigthly')).rejects.toThrow(/no workload "nigthly"; it has: nightly, chat-app/);
  });

  test('a job goes on - it and the one before, and by when it is stopped', async () => {
    const running = aRun({ startedAt: '2026-11-02T01:00:00Z', deadlineAt: '2026-11-02T03:00:00Z' });
    const before = aRun({ key: '2026-11-01T02:00', status: 'failed', reason: 'JobFailed', exitCode: 3 });
    expect(await nightly({ instance: 'running', runs: { nightly: [running, before] } })).toMatchObject({
      now: 'on',
      running: { key: '2026-11-02T02:00', status: 'running', startedAt: '2026-11-02T10:00:00+09:00' },
      last: { key: '2026-11-01T02:00', status: 'failed', reason: 'JobFailed', exitCode: 3 },
      next: { stop: '2026-11-02T12:00:00+09:00' },
    });
  });

  test.each<[InstanceState, string]>([
    ['pending', 'starting'],
    ['running', 'on'],
    ['stopping', 'stopping'],
    ['stopped', 'off'],
    ['shutting-down', 'missing'],
    ['terminated', 'missing'],
  ])('an instance that is %s - is %s', async (instance, now) => {
    expect(await nightly({ instance })).toMatchObject({ now, seen: instance });
  });

  test.each([
    ['CREATE_COMPLETE', 'on'],
    ['CREATE_IN_PROGRESS', 'starting'],
    ['DELETE_IN_PROGRESS', 'stopping'],
    ['UPDATE_IN_PROGRESS', 'changing'],
    ['ROLLBACK_COMPLETE', 'broken'],
    ['DELETE_FAILED', 'broken'],
    ['REVIEW_IN_PROGRESS', 'off'],
  ])('a stack that is %s - is %s', async (stack, now) => {
    expect(await chat({ stack })).toMatchObject({ now, seen: stack });
  });

  test('what cannot be seen - is unknown and says why, and the others are seen all the same', async () => {
    const denied = Object.assign(new Error('slow down'), { name: 'RequestLimitExceeded' });
    const answer = await status({ instance: denied, stack: 'CREATE_COMPLETE' });
    expect(answer.workloads['nightly']).toMatchObject({ now: 'unknown', seen: 'RequestLimitExceeded: slow down' });
    expect(answer.workloads['chat-app']).toMatchObject({ now: 'on' });
  });

  test('an instance that is not there - is missing', async () => {
    const instance = new InstanceNotFound('no instance i-1');
    expect(await nightly({ instance })).toMatchObject({ now: 'missing', seen: 'InstanceNotFound: no instance i-1' });
  });

  test('what people said - of the stage, of a workload, why nothing starts, and what is next in spite of it', async () => {
    const until = '2026-11-03T12:00:00Z';
    const answer = await status({
      facts: {
        '': { words: [{ ...word, act: 'pause', until }] },
        nightly: { words: [{ ...word, act: 'keep', until }] },
      },
    });
    expect(answer.words).toEqual([
      { ...word, act: 'pause', at: '2026-11-02T09:00:00+09:00', until: '2026-11-03T21:00:00+09:00' },
    ]);
    expect(answer.workloads['nightly']).toMatchObject({
      held: [`the stage is paused by ana until ${until}: moving`],
      words: [{ act: 'keep', until: '2026-11-03T21:00:00+09:00' }],
      next: {
        start: '2026-11-04T02:00:00+09:00',
        skipped: [{ at: '2026-11-03T02:00:00+09:00', why: expect.stringContaining('the stage is paused by ana') }],
      },
    });
  });

  test('a pause without an end - no next start', async () => {
    const found = await nightly({ facts: { nightly: { words: [{ ...word, act: 'pause' }] } } });
    expect(found?.next).not.toHaveProperty('start');
    expect(found?.next.skipped).toHaveLength(3);
    expect(found?.held).toEqual(['paused by ana: moving']);
  });

  test('too many failures - the breaker holds it; fewer do not', async () => {
    const failed = (failures: number) => nightly({ facts: { nightly: { breaker: { failures, lastRun: 'one' } } } });
    expect((await failed(3))?.held).toEqual(['breaker open: 3 failures in a row; resume nightly to close it']);
    expect(await failed(2)).toMatchObject({ held: [], breaker: { failures: 2, opensAt: 3 } });
  });

  test('a run that has ended and is not tidied up yet - holds the next; one that goes on is said by itself', async () => {
    const lease = { holder: '2026-11-02T09:00', until: NOW / 1000 + 60 };
    const facts = { nightly: { lease } };
    expect((await nightly({ facts }))?.held).toEqual(['busy: the run of 2026-11-02T09:00 is still going on']);
    expect((await nightly({ facts, runs: { nightly: [aRun()] } }))?.held).toEqual([]);
  });

  test('over the budget - the stage and the workload say until when', async () => {
    const gate = { day: '2026-11-02', until: '2026-11-02T15:00:00Z', usd: 20.5, limit: 20 };
    const answer = await status({ facts: { '': { budget: gate }, nightly: { budget: { ...gate, limit: 5 } } } });
    const read = { until: '2026-11-03T00:00:00+09:00', usd: 20.5 };
    expect(answer.overBudget).toEqual({ ...read, limit: 20 });
    const rest = 'US dollars spent today, nothing new until 2026-11-02T15:00:00Z or resumed';
    expect(answer.workloads['nightly']).toMatchObject({
      held: [`over budget: 20.50 of 20 ${rest}`, `over budget: 20.50 of 5 ${rest}`],
      overBudget: { ...read, limit: 5 },
    });
  });

  test('an emergency stop - is told from a pause', async () => {
    const { words } = await status({ facts: { '': { words: [{ ...word, act: 'pause', emergency: true }] } } });
    expect(words).toMatchObject([{ act: 'pause', emergency: true }]);
  });

  test('an environment that is up - stops at its hour, or when the keep of somebody ends', async () => {
    const up = {
      stack: 'CREATE_COMPLETE',
      runs: { 'chat-app': [anEnvironmentRun({ act: 'start', status: 'succeeded' })] },
    };
    expect(await chat(up)).toMatchObject({ next: { stop: '2026-11-02T18:00:00+09:00' } });
    const keep = { ...word, act: 'keep' as const, until: '2026-11-02T13:00:00Z' };
    expect(await chat({ ...up, facts: { 'chat-app': { words: [keep] } } })).toMatchObject({
      next: { stop: '2026-11-02T22:00:00+09:00' },
    });
  });

  test('incidents - at their workload; those of none at the stage', async () => {
    const thread = (workload: string, title: string) =>
      ({ workload, notice: { cause: 'runs', title }, severity: 'critical', openedAt: NOW, count: 2 }) as Thread;
    const answer = await status({ threads: [thread('nightly', 'nightly failed'), thread('lamplighter', 'a storm')] });
    expect(answer.incidents).toMatchObject([{ workload: 'lamplighter', title: 'a storm', count: 2 }]);
    expect(answer.workloads['nightly']?.incidents).toMatchObject([{ cause: 'runs', title: 'nightly failed' }]);
    expect(answer.workloads['chat-app']?.incidents).toEqual([]);
  });
});

describe('what was spent', () => {
  const day = (name: string, usd: number, more = {}): LedgerDay => ({
    day: name,
    observedAt: `${name}T01:00:00.000Z`,
    workloads: { nightly: { usd, onSeconds: 3600, seenAt: `${name}T01:00:00.000Z`, isOn: true, ...more } },
    usdByUtcDay: { [name]: usd },
  });
  const budget = { daily: 20, emergency: 50 };
  const asOf = '2026-11-02T10:00:00+09:00';

  test('today and this month - estimates as of a time, what is not in them, the limits', async () => {
    const days = [day('2026-11-02', 1.25, { unknown: ['no price for gp3'], unseenSeconds: 120 }), day('2026-11-01', 2)];
    const { effects, asked } = world({ days, stage: { budget } });
    const { spending, workloads } = await showStatus({}, effects);
    // The day before has hours of the first day of UTC where clocks are behind.
    expect(asked).toEqual([
      ['2026-10-31', '2026-11-02'],
      ['2026-11-01', '2026-11-31'],
    ]);
    const unknown = ['nightly: no price for gp3', 'nightly: not seen for 2 minutes'];
    expect(spending).toEqual({
      today: { usd: 1.25, asOf, unknown },
      month: { usd: 3.25, asOf, unknown, since: '2026-11-01' },
      limits: budget,
    });
    expect(workloads['nightly']?.today).toEqual({
      ...{ usd: 1.25, onSeconds: 3600, asOf },
      unknown: ['no price for gp3', 'not seen for 2 minutes'],
    });
    expect(workloads['chat-app']).not.toHaveProperty('today');
  });

  test('a settled bill - takes the place of the estimate of its day', async () => {
    const days = [day('2026-11-02', 1), day('2026-11-01', 2)];
    const bills = [{ utcDay: '2026-11-01', usd: 2.5, askedAt: '2026-11-05T00:00:00Z' }];
    expect((await status({ days, bills })).spending.month).toEqual({
      ...{ usd: 3.5, asOf, unknown: [], since: '2026-11-01', billedUntil: '2026-11-01' },
    });
  });

  test('today was not reckoned yet - it is left out, not zero', async () => {
    const { spending, workloads } = await status({ days: [day('2026-11-01', 2)] });
    expect(spending).not.toHaveProperty('today');
    expect(spending.month).toMatchObject({ usd: 2, asOf: '2026-11-01T10:00:00+09:00' });
    expect(workloads['nightly']).not.toHaveProperty('today');
  });

  test('nothing was ever reckoned - nothing is said', async () => {
    expect((await status({})).spending).toEqual({ limits: {} });
  });

  test('a limit of its own - beside what it spent', async () => {
    const workloads = { nightly: { ...aWorkload(), budget: { daily: 5 } } };
    expect(await nightly({ stage: { workloads }, days: [day('2026-11-02', 1)] })).toMatchObject({
      today: { usd: 1, limit: 5 },
    });
  });
});

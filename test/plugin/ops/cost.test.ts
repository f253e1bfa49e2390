import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Serverless } from '../../../plugin/framework.ts';
import { showCost } from '../../../plugin/ops/cost.ts';
import { lengthOf, liveCost, spendOfMonth } from '../../../plugin/ops/cost-live.ts';
import type { CostReport } from '../../../plugin/ops/cost-report.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { anEnvironment } from '../../resources/environment.ts';
import { aQueue, aRun, aStage, aWorkload } from '../../shared/builders.ts';
import { aDay } from '../../shared/cost/ledger-days.ts';

const NOW = Date.parse('2026-11-21T12:00:00+09:00');
const STAGE = aStage({
  prices: { 't3.medium': 0.052, gp3: 0.0912, 't3.small': 0.026 },
  workloads: {
    nightly: aWorkload({ instance: { id: 'i-1', type: 't3.medium', storage: { size: 30, type: 'gp3' } } }),
    'chat-app': anEnvironment({
      parts: [
        { name: 'ECS', count: 2, type: 't3.small' },
        { name: 'DB', count: 1, hourly: 0.178 },
      ],
    }),
  },
});
const DAYS = [
  aDay(
    '2026-11-02',
    { nightly: { usd: 0.5, onSeconds: 3600, unknown: ['gp9'] } },
    { usdByUtcDay: { '2026-11-01': 0.2, '2026-11-02': 0.3 } },
  ),
  aDay('2026-11-01', { nightly: { usd: 1.5 } }, { usdByUtcDay: { '2026-10-31': 0.2, '2026-11-01': 1.3 } }),
];
const BILLS = [{ utcDay: '2026-11-01', usd: 1.25, askedAt: '2026-11-05T00:00:00.000Z' }];
const LEDGER = { days: DAYS, bills: BILLS };

let out = '';
beforeEach(() => {
  out = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

type Options = Parameters<typeof showCost>[1];
const nobody = { liveCost: () => Promise.reject(new Error('nobody was to be asked')), now: () => NOW };

async function shown(options: Options, stage: CompiledStage = STAGE, effects: typeof nobody | object = {}) {
  const serverless = { service: { custom: { estate: { compiled: stage } } } } as Serverless;
  await showCost(serverless, options, { ...nobody, ...effects } as typeof nobody);
  return out;
}
const json = async (...question: Parameters<typeof shown>) =>
  JSON.parse(await shown({ json: true, ...question[0] }, question[1], question[2])) as CostReport;

describe('sls ops cost --json', () => {
  test('a run length that is given - before and after to the cent, with parts', async () => {
    const { workloads, total, ...report } = await json({ 'run-minutes': '30' });
    expect(report).toMatchObject({ stage: 'dev', month: '2026-11', hours: 720, unknown: [] });
    expect(workloads['nightly']).toMatchObject({
      // 720 h × $0.052 + 30 GB × $0.0912, and 15 h.
      before: { hours: 720, usd: 40.18 },
      after: { hours: 15, usd: 3.52 },
      savedUsd: 36.66,
      savedPercent: 91.2,
      runs: { planned: 30, length: { hours: 0.5, by: 'option' } },
    });
    expect(workloads['chat-app']?.after.parts).toEqual([
      { name: 'ECS', count: 2, quantity: 189, each: 0.026, usd: 9.83 },
      { name: 'DB', count: 1, quantity: 189, each: 0.178, usd: 33.64 },
    ]);
    expect(total).toEqual({ before: { usd: 205.78 }, after: { usd: 46.99 }, savedUsd: 158.79, savedPercent: 77.2 });
  });

  test('nothing is known of the runs - the deadline, and that it is left out what starts and stops take', async () => {
    const report = await json({ month: '2026-12', workload: 'nightly' });
    expect(Object.keys(report.workloads)).toEqual(['nightly']);
    expect(report).toMatchObject({ month: '2026-12', hours: 744 });
    expect(report.workloads['nightly']).toMatchObject({ after: { hours: 62 }, runs: { length: { by: 'deadline' } } });
    expect(report.leftOut.join()).toMatch(/instances start and stop/);
  });

  test('a price that is missing - no sum of that workload, named, and not in the total', async () => {
    const report = await json({}, { ...STAGE, prices: { gp3: 0.0912, 't3.small': 0.026 } });
    expect(report.unknown).toEqual(['nightly: t3.medium']);
    expect(report.workloads['nightly']).not.toHaveProperty('savedUsd');
    expect(report.workloads['nightly']?.before).not.toHaveProperty('usd');
  });

  test('live - the median of the runs, what was spent, and estimate ÷ bill', async () => {
    const lengths = { nightly: { hours: 0.4, by: 'runs', of: 20 } };
    const report = await json({ live: true }, STAGE, {
      liveCost: async () => ({ spend: spendOfMonth('2026-11', LEDGER, NOW), lengths }),
    });
    expect(report.workloads['nightly']?.after.hours).toBe(12);
    // The first by its bill, the second as estimated, without what lies in October.
    expect(report.live).toEqual({
      spent: { usd: 1.55, asOf: '2026-11-02T03:00:00.000Z', unknown: ['nightly: gp9'], billedUntil: '2026-11-01' },
      billed: [{ utcDay: '2026-11-01', estimate: 1.5, bill: 1.25, isSettled: true, ratio: 1.2 }],
    });
  });
});

describe('sls ops cost', () => {
  test('on a terminal - a table, what it rests on, and what it leaves out', async () => {
    await shown({});
    expect(out).toMatch(/nightly .*720 h.*\$40\.18.*60 h.*\$5\.86.*\$34\.32, 85\.4 %/);
    expect(out).toMatch(/ECS × 2/);
    expect(out).toContain('at most 120 minutes each, the deadline');
    expect(out).toMatch(/Left out: taxes/);
  });

  test('live without a bill and without days - says so', async () => {
    const live = (ledger: Partial<typeof LEDGER>) => ({
      liveCost: async () => ({
        spend: spendOfMonth('2026-11', { days: [], bills: [], ...ledger }, NOW),
        lengths: {},
      }),
    });
    await shown({ live: true }, STAGE, live({}));
    expect(out).toContain('The ledger has no day of 2026-11');
    await shown({ live: true }, STAGE, live({ days: DAYS.slice(0, 1) }));
    expect(out).toMatch(/Spent in 2026-11: \$0\.50, estimated, as of .*not known: nightly: gp9\.\nNo bill yet/);
    await shown({ live: true }, STAGE, live(LEDGER));
    expect(out).toMatch(/\$1\.55, by the bill until 2026-11-01, estimated since/);
    expect(out).toContain('  2026-11-01: bill $1.25, estimated $1.50, estimate ÷ bill 1.2\n');
  });

  test.each([
    [{ month: '2026-13' }, /--month "2026-13" cannot be used/],
    [{ 'run-minutes': '0' }, /--run-minutes "0" cannot be used/],
    [{ workload: 'nigthly' }, /--workload "nigthly" cannot be used: expected one of nightly, chat-app/],
  ])('%j - refused, with what is expected', async (options, message) => {
    await expect(shown(options)).rejects.toThrow(message);
  });
});

describe('what the deployed stage says', () => {
  const deployed = { service: { custom: { estate: STAGE } } } as unknown as Serverless;
  const encoded = (value: object) => ({ Payload: new TextEncoder().encode(JSON.stringify(value)) });

  test('asked - the days of the month and the runs of each batch', async () => {
    const asked: unknown[] = [];
    const { spend, lengths } = await liveCost(deployed, STAGE, '2026-11', NOW, async (_, name, event) => {
      asked.push([name, event]);
      return encoded(name.endsWith('listSpend') ? LEDGER : { runs: [aRun({ instanceHours: 0.5 })] });
    });
    expect(asked).toEqual([
      ['lamplighter-dev-listSpend', { from: '2026-10-31', to: '2026-12-02' }],
      ['lamplighter-dev-listRuns', { workload: 'nightly', limit: 100 }],
    ]);
    expect(spend.spent?.usd).toBe(1.55);
    expect(lengths).toEqual({ nightly: { hours: 0.5, by: 'runs', of: 1 } });
  });

  test('a function that fails - which, and what to look at', async () => {
    const fails = async () => ({ FunctionError: 'Unhandled', ...encoded({ errorMessage: 'no table.' }) });
    await expect(liveCost(deployed, STAGE, '2026-11', NOW, fails)).rejects.toThrow(
      'lamplighter-dev-listSpend failed: Unhandled: no table. Its log: npx sls ops logs --stage dev --function listSpend',
    );
  });

  test('the newest runs - the median of twenty, skips and what is still on left out', () => {
    const runs = [
      aRun({ status: 'skipped' }),
      ...Array.from({ length: 19 }, () => aRun({ instanceHours: 1 })),
      aRun({ instanceHours: 2 }),
      aRun({ instanceHours: 900 }),
    ];
    expect(lengthOf(runs)).toEqual({ hours: 1, by: 'runs', of: 20 });
    expect(lengthOf([aRun({ instanceHours: 1 }), aRun({ instanceHours: 2 })])?.hours).toBe(1.5);
    expect(lengthOf([aRun()])).toBeUndefined();
  });

  test('a bill of nothing, and one that is not settled - no ratio; said so', async () => {
    const bills = [
      { utcDay: '2026-11-02', usd: 0.1, askedAt: '2026-11-03T00:00:00.000Z' },
      { utcDay: '2026-11-01', usd: 0, askedAt: '2026-11-05T00:00:00.000Z' },
      { utcDay: '2026-10-31', usd: 9, askedAt: '2026-11-05T00:00:00.000Z' },
    ];
    const spend = spendOfMonth('2026-11', { days: DAYS, bills }, NOW);
    expect(spend.billed).toEqual([
      { utcDay: '2026-11-01', estimate: 1.5, bill: 0, isSettled: true },
      { utcDay: '2026-11-02', estimate: 0.3, bill: 0.1, isSettled: false, ratio: 3 },
    ]);
    // What is not settled is still estimated.
    expect(spend.spent?.usd).toBe(0.3);
    await shown({ live: true }, STAGE, { liveCost: async () => ({ spend, lengths: {} }) });
    expect(out).toContain('2026-11-02: bill $0.10 so far, estimated $0.30');
  });
});

describe('sls ops cost, of queues', () => {
  const { scaling } = aQueue();
  const floor = [{ days: 'weekdays' as const, from: '09:00', to: '18:00', workers: 2 }];
  const prices = { 'fargate.vcpu': 0.04, 'fargate.gigabyte': 0.005 };
  const stage = aStage({
    prices,
    workloads: {},
    queues: { crawl: aQueue({ scaling: { ...scaling, floor } }), mails: aQueue({ scaling: { ...scaling, max: 4 } }) },
  });
  const ledger = [
    aDay('2026-11-02', { crawl: { usd: 1.5, onSeconds: 108_000 } }),
    aDay('2026-11-01', { crawl: { usd: 0.5, onSeconds: 36_000 } }),
    aDay('2026-10-31', { crawl: { usd: 9, onSeconds: 1 } }),
  ];
  const live = { liveCost: async () => ({ spend: { billed: [] }, lengths: {}, days: ledger }) };

  test('what is certain - by its floors at least, by its maximum at most; in no sum', async () => {
    const { queues, total } = await json({}, stage);
    // 21 weekdays of nine hours, two workers, $0.05 an hour.
    expect(queues['crawl']).toEqual({
      ...{ kind: 'queue', hourly: 0.05, unknown: [] },
      least: { workerHours: 378, usd: 18.9 },
      most: { workerHours: 36_000, usd: 1800 },
    });
    expect(queues['mails']).toMatchObject({ least: { workerHours: 0, usd: 0 }, most: { workerHours: 2880 } });
    expect(total).toMatchObject({ before: { usd: 0 }, after: { usd: 0 } });
  });

  test('--live - what its workers have run in this month', async () => {
    expect((await json({ live: true, workload: 'crawl' }, stage, live)).queues).toEqual({
      crawl: expect.objectContaining({ ran: { workerHours: 40, usd: 2 } }),
    });
    expect(await shown({ live: true, workload: 'crawl' }, stage, live)).toContain('So far 40 worker-hours, $2.00.');
  });

  test('a task of an unknown size - said, and no sum is made up', async () => {
    const { task: _, ...workers } = aQueue().workers;
    const text = await shown({}, { ...stage, queues: { crawl: aQueue({ workers }) } });
    expect(text).toContain(
      'crawl: a worker costs an unknown amount an hour. No price for workers.task. At least 0 worker-hours, unknown, by ' +
        'its floors; at most 36000 worker-hours, unknown. What it comes to depends on the jobs',
    );
  });

  test('a name that is none - says which there are', async () => {
    await expect(shown({ workload: 'x' }, stage)).rejects.toThrow(/one of crawl, mails/);
  });
});

import { describe, expect, test } from '@jest/globals';
import { reaches } from '../../../shared/cost/forecast.ts';
import { type Look, reckon } from '../../../shared/cost/reckon.ts';
import { estimateOf } from '../../../shared/cost/sums.ts';
import { rateOfWorker } from '../../../shared/cost/workers.ts';
import { fargateHour, fargatePrices } from '../../../shared/prices/prices.ts';
import type { CreatedWorkers, Workers } from '../../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../../shared/state/ledger.ts';
import { aQueue, aStage } from '../builders.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.parse('2026-11-02T00:00:00+09:00');
const SEOUL = fargatePrices('ap-northeast-2');
const task = { vcpu: 1, gigabytes: 2, arm: false, spot: false };
const rate = (workers: Partial<Workers>, prices: Record<string, number> = SEOUL) =>
  rateOfWorker({ workers: { ...aQueue().workers, ...workers } }, prices);

describe('rateOfWorker', () => {
  test('1 vCPU and 2 GB in Seoul - as the list has it, on each kind of processor', () => {
    expect(rate({ task })).toEqual({ on: fargateHour('ap-northeast-2', task), always: 0, unknown: [] });
    expect(rate({ task: { ...task, arm: true } }).on).toBe(fargateHour('ap-northeast-2', { ...task, arm: true }));
    expect(rate({ task }).on).toBeCloseTo(0.05678, 10);
  });

  test('prices of the stage file - win', () => {
    const own = { ...SEOUL, 'fargate.vcpu': 0.01, 'fargate.gigabyte': 0.001 };
    expect(rate({ task: { ...task, spot: true } }, own)).toEqual({ on: 0.012, always: 0, unknown: [] });
  });

  test('with an address of its own - that is paid for as well', () => {
    const create = { publicIp: true } as CreatedWorkers;
    expect(rate({ task, create }).on).toBeCloseTo(0.06178, 10);
  });

  test('on Spot - as on demand, and said to be', () => {
    expect(rate({ task: { ...task, spot: true } })).toMatchObject({
      unknown: ['Fargate Spot, reckoned as on demand'],
    });
  });

  test.each<[string, Partial<Workers>, Record<string, number>, string]>([
    ['how big a task is', { task: undefined as never }, SEOUL, 'workers.task'],
    ['what a region costs', { task }, fargatePrices('mars-north-1'), 'Fargate'],
  ])('%s is not known - named, and not zero', (_, workers, prices, what) => {
    expect(rate(workers, prices)).toEqual({ on: 0, always: 0, unknown: [what] });
  });
});

describe('the ledger of workers', () => {
  const prices = { 'fargate.vcpu': 0.5, 'fargate.gigabyte': 0.25 };
  const stage = aStage({ prices, workloads: {}, queues: { crawl: aQueue() } });
  const ran = (seconds: number, lasting = 4): Look => ({
    isOn: lasting > 0,
    workers: { lasting, seconds, counted: { day: '2026-11-02', seconds } },
  });

  function ledger(looks: [at: number, look: Look][]): LedgerDay[] {
    const days = new Map<string, LedgerDay>();
    for (const [at, look] of looks)
      for (const day of reckon([...days.values()].at(-1), { crawl: look }, stage, at)) days.set(day.day, day);
    return [...days.values()];
  }
  const spend = (day: LedgerDay | undefined) => day?.workloads['crawl'];

  test('ten workers for an hour, counted by quarters - ten hours of their price', () => {
    const quarters = [1, 2, 3, 4].map((n): [number, Look] => [MIDNIGHT + n * (HOUR / 4), ran(10 * 900, 10)]);
    const [day] = ledger([[MIDNIGHT, ran(0, 0)], ...quarters]);
    expect(spend(day)).toMatchObject({ onSeconds: 36_000, isOn: true, counted: { day: '2026-11-02' } });
    expect(spend(day)?.usd).toBeCloseTo(10, 10);
    expect(estimateOf(day as LedgerDay).unknown).toEqual([]);
  });

  test('over midnight - each day has the part of its time, and each day of UTC too', () => {
    const days = ledger([
      [MIDNIGHT - HOUR / 4, ran(0)],
      [MIDNIGHT + HOUR / 2, ran(4 * 2700)],
    ]);
    expect(days.map((day) => spend(day)?.onSeconds)).toEqual([3600, 7200]);
    expect(days.map(({ usdByUtcDay }) => usdByUtcDay['2026-11-01'])).toEqual([
      expect.closeTo(1, 10),
      expect.closeTo(2, 10),
    ]);
  });

  test('nobody could see them for half an hour - unseen, and not nothing', () => {
    const [day] = ledger([
      [MIDNIGHT, ran(0)],
      [MIDNIGHT + HOUR / 4, { unseen: 'ThrottlingException' }],
      [MIDNIGHT + HOUR / 2, ran(600)],
    ]);
    expect(spend(day)).toMatchObject({ onSeconds: 600, unseenSeconds: 1800 });
    expect(spend(day)).not.toHaveProperty('unknown');
  });

  test('what a task costs is not known - said for the day, as soon as one has run', () => {
    const { task: _, ...workers } = aQueue().workers;
    const blind = { ...stage, queues: { crawl: aQueue({ workers }) } };
    const [none] = reckon(undefined, { crawl: ran(0, 0) }, blind, MIDNIGHT);
    expect(estimateOf(none as LedgerDay).unknown).toEqual([]);
    const [some] = reckon(none, { crawl: ran(60) }, blind, MIDNIGHT + HOUR / 4);
    expect(estimateOf(some as LedgerDay)).toEqual({ usd: 0, unknown: ['crawl: no price for workers.task'] });
  });

  test('four go on - a limit is reached when they have spent it', () => {
    const at = (limit: number, only?: string) =>
      reaches(limit, 2, { crawl: ran(0) }, stage, {
        ...{ now: MIDNIGHT, midnight: MIDNIGHT + 24 * HOUR, ...(only !== undefined && { only }) },
      });
    expect(at(10)).toBeCloseTo(MIDNIGHT + 2 * HOUR, 3);
    expect(at(10, 'crawl')).toBeCloseTo(MIDNIGHT + 2 * HOUR, 3);
    expect(at(10, 'other')).toBeUndefined();
    expect(at(200)).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { judge, nextAt } from '../../../functions/guard-cost/judge.ts';
import type { Look } from '../../../shared/cost/reckon.ts';
import { aQueue, aStage } from '../../shared/builders.ts';
import { aDay } from '../../shared/cost/ledger-days.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-02T12:00:00+09:00');
/** A worker costs a dollar an hour. */
const prices = { 'fargate.vcpu': 0.5, 'fargate.gigabyte': 0.25 };
const stage = aStage({
  prices,
  budget: { daily: 100, emergency: 200 },
  workloads: {},
  queues: { crawl: aQueue({ budget: { daily: 5 } }), mails: aQueue() },
});
const running = (count: number): Look => ({ isOn: count > 0, workers: { lasting: count, seconds: 0 } });
const judged = (usd: number, count: number) =>
  judge(aDay('2026-11-02', { crawl: { usd }, mails: { usd: 1 } }), { crawl: running(count) }, stage, NOW);

describe('judge, of queues', () => {
  test('its own limit is reached - found for it, and not for the stage', () => {
    expect(judged(5.1, 0)).toEqual([{ what: 'daily-limit', of: 'crawl', limit: 5, usd: 5.1, unknown: [] }]);
  });

  test('at this pace it is reached - when, by the workers that run', () => {
    const findings = judged(3, 4);
    expect(findings).toEqual([{ what: 'burn-rate', of: 'crawl', limit: 5, usd: 3, unknown: [], at: NOW + HOUR / 2 }]);
    expect(nextAt(findings)).toBe(NOW + HOUR / 2);
  });

  test('many workers - the limits of the stage are in danger too, the nearest first', () => {
    expect(judged(4, 20).map(({ what, of, at = 0 }) => [what, of, (at - NOW) / HOUR])).toEqual([
      ['burn-rate', 'crawl', 0.05],
      ['burn-rate', undefined, 4.75],
      ['burn-rate', undefined, 9.75],
    ]);
  });

  test('none run - nothing is found', () => {
    expect(judged(4, 0)).toEqual([]);
  });
});

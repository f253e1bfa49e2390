import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { LOADS } from '../../../scripts/costs/hybrid-queue-scaling.ts';
import type { Row } from '../../../scripts/costs/table.ts';
import { costsPage, costTables } from '../../../scripts/costs.ts';
import { billOf, cents } from '../../../shared/cost/items.ts';
import { tasksOf } from '../../../shared/cost/load.ts';
import { fargateHour } from '../../../shared/prices/prices.ts';

/** What the sources say, what their own numbers give, and what list prices give; a dash where there is none. */
const found = (source: string): string[] => {
  const table = costTables().find((one) => one.source === source);
  return (table?.rows ?? []).map(
    ({ what, says, own, list }: Row) => `${what}: ${[says, own, list].map((value) => shown(value)).join(' / ')}`,
  );
};
const shown = (value: Row['says']) =>
  value === undefined ? '–' : typeof value === 'number' ? cents(value) : value.join('–');

describe('the tables of the sources - reproduced to the cent, as they are, as they add up and at list prices', () => {
  test('ec2-batch.md - $9.45 do not follow from its hours', () => {
    expect(found('ec2-batch.md')).toEqual([
      't3.medium, 24 h × 30: 23.04 / 23.04 / 37.44',
      't3.medium, 2.5 h × 30: 9.45 / 2.4 / 3.9',
      'saved: 13.59 / 20.64 / 33.54',
      'saved: 59 / 89.6 / 89.6',
      '30 GB of gp3: – / – / 2.74',
      'saved, disk included: – / – / 33.54',
      'saved, disk included: – / – / 83.5',
    ]);
  });

  test('environment-hours.md - its total has one of the two servers', () => {
    expect(found('environment-hours.md')).toEqual([
      't3.small × 2, an hour: 0.05 / 0.05 / 0.05',
      't3.small × 2, 730 h: 16.79 / 33.58 / 37.96',
      'DocumentDB db.t3.medium, 730 h: 129.94 / 129.94 / –',
      'Redis cache.t2.micro, 730 h: 12.41 / 12.41 / –',
      'together, 730 h: 159.14 / 175.93 / –',
      'together, 180 h (9 h × 20 days): 39.24 / 43.38 / –',
      'saved: 119.9 / 132.55 / –',
      'saved: 75 / 75.3 / –',
      '2026-11 by the calendar: 189 h of 720: – / 45.55 / –',
    ]);
    // What the source has, with one server.
    const hour = 0.023 + 0.178 + 0.017;
    expect([cents(hour * 730), cents(hour * 180)]).toEqual([159.14, 39.24]);
  });

  test('external-monitoring.md - the ranges hold for one server, not for two', () => {
    expect(found('external-monitoring.md')).toEqual([
      'now: one server: 30 / – / 25.37',
      'the same, a t3.medium: 30 / – / 44.35',
      'with monitoring: 30 / – / 26.37',
      'added by ALB and Auto Scaling: 20–30 / – / 29.57',
      'EC2 + ALB + Auto Scaling: 50–60 / – / 54.93',
      'the same with two servers: 50–60 / – / 80.3',
      'ECS Fargate, 0.5 vCPU and 1 GB: 50–70 / – / 53.94',
      'ECS Fargate, 1 vCPU and 2 GB: 50–70 / – / 74.66',
      'Vercel: 0–20 / – / 20',
    ]);
  });

  test('hybrid-queue-scaling.md - its arithmetic holds, its prices are those of N. Virginia', () => {
    expect(found('hybrid-queue-scaling.md')).toEqual([
      't3.large, 730 h: 60 / – / 75.92',
      'Elastic IP: 3.6 / 3.6 / 3.65',
      '50 GB of gp3: 5 / 5 / 4.56',
      '100 GB out: 9 / 9 / 12.6',
      'fixed: 77 / 77.6 / 96.73',
      'NAT gateway and its address: – / – / 46.72',
      'scenario 1, queue < 20: no task: 0 / 0 / 0',
      'scenario 2, queue 50–100: 5 tasks, 4 h × 30: 30 / 30 / 34.07',
      'scenario 3, queue 500+: 25 tasks, 8 h × 30: 300 / 300 / 340.68',
      'a custom metric: 0.3 / 0.3 / 0.3',
      '1,440 requests a day: 0.43 / 0.43 / 0.43',
      'all, scenario 1: 77 / 78.33 / 144.18',
      'all, scenario 2: 107 / 108.33 / 178.25',
      'all, scenario 3: 377 / 378.33 / 484.86',
    ]);
  });

  test('daily-batch.md - has no table: what a chain like its own comes to', () => {
    expect(found('daily-batch.md')).toEqual([
      'Airflow on a server that is always on: t3.medium: – / – / 40.7',
      'both chains here: Step Functions: – / – / 0.1',
      'steps as commands on the source’s own server: – / – / –',
      'the same steps as tasks of Fargate, 1 vCPU and 2 GB: – / – / 0.42',
    ]);
    // 17 steps, all but two of a minute at most: the middles of what the scenario says that they take.
    const seconds = 15 * 60 + 180 + 180;
    expect(cents((seconds / 3600) * 21 * (fargateHour('ap-northeast-2', { vcpu: 1, gigabytes: 2 }) ?? 0))).toBe(0.42);
  });

  test('each line whose numbers differ from what the source says - has a note, or follows from one that has', () => {
    const without = costTables()
      .flatMap(({ rows }) => rows)
      .filter(({ says, own, unit, why }) => unit === '$' && says !== undefined && own !== undefined && !why)
      .filter(({ what }) => !what.startsWith('all, scenario'))
      .filter(({ says, own = 0 }) => cents(own) !== says);
    expect(without).toEqual([]);
  });
});

test('the load scenarios - another size, region and processor by the same code', () => {
  const [, , heavy] = LOADS;
  if (!heavy) throw new Error('no third scenario');
  const month = (region: string, size: Parameters<typeof fargateHour>[1]) =>
    billOf([tasksOf(heavy, fargateHour(region, size))]);
  expect(cents(month('us-east-1', { vcpu: 1, gigabytes: 2 }).usd)).toBe(296.22);
  expect(cents(month('ap-northeast-2', { vcpu: 1, gigabytes: 2, arm: true }).usd)).toBe(272.58);
  expect(month('mars-north-1', { vcpu: 1, gigabytes: 2 })).toMatchObject({ usd: 0, unknown: [heavy.name] });
});

test('docs/costs.md - is what the code reckons now', () => {
  // When this fails: npm run costs
  expect(readFileSync('docs/costs.md', 'utf8')).toBe(costsPage());
});

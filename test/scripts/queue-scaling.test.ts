import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  ENDINGS,
  ended,
  LOADS,
  month,
  OUTAGES,
  outages,
  POISONS,
  poisoned,
} from '../../scripts/queue-scaling/courses.ts';
import { cloudwatch, fargate } from '../../scripts/queue-scaling/money.ts';
import { middle } from '../../scripts/queue-scaling/table.ts';
import { plainTracking, type Way, ways } from '../../scripts/queue-scaling/ways.ts';
import { bursted, queueScalingPage } from '../../scripts/queue-scaling.ts';

const page = readFileSync('docs/queue-scaling.md', 'utf8');
const all = ways();
const [rules, tracking, keda, ours] = all as [Way, Way, Way, Way];
const rows = bursted(all);
const rowOf = (name: string) => rows.find(({ way }) => way.name === name) ?? rows[0];

test('the page - is what the code writes; if not, run npm run costs', () => {
  const months = page.split('\n').filter((line) => line.includes('; a month |'));
  expect(months).toHaveLength(LOADS.length * all.length);
  expect(page).toBe(queueScalingPage(months, all, rows));
});

describe('a burst of 500 from none', () => {
  const mine = rowOf(ours.name);

  test.each(rows.filter(({ way }) => way.by === 'policies').map((row) => [row.way.name, row] as const))(
    'against %s - drained at least as fast in each of the twelve, with no more worker-hours',
    (_, other) => {
      for (const [index, { drained, workerHours }] of other.each.entries()) {
        expect(mine?.each[index]?.drained).toBeLessThanOrEqual(drained);
        expect(mine?.each[index]?.workerHours).toBeLessThanOrEqual(workerHours);
      }
    },
  );

  test('whoever scales - all are done, once', () => {
    for (const { each } of rows)
      for (const { jobs } of each) expect(jobs).toMatchObject({ arrived: 500, done: 500, lost: 0, repeated: 0 });
  });

  test('ours - is never held down for it', () => {
    for (const { capped } of mine?.each ?? []) expect(capped).toEqual([]);
  });
});

describe('hours without any datapoint', () => {
  test.each(OUTAGES.map((one) => [one.name, one] as const))('%s - nothing is scaled in', (_, one) => {
    for (const { scaledInMeanwhile, jobs } of outages(ours, one)) {
      expect(scaledInMeanwhile).toBe(0);
      expect(jobs).toMatchObject({ lost: 0, repeated: 0 });
    }
  });

  test('target tracking that takes away by its own alarm - goes on without data, the policy in its place does not', () => {
    const sum = (way: Way) =>
      outages(way, OUTAGES[0] as (typeof OUTAGES)[number]).reduce((all, one) => all + one.scaledInMeanwhile, 0);
    expect(sum(plainTracking())).toBeGreaterThan(2 * sum(tracking));
  });

  test('while a burst is worked off - all is done, and the workers go when it is seen', () => {
    for (const { jobs, scaledIn } of outages(ours, OUTAGES.at(-1) as (typeof OUTAGES)[number])) {
      expect(jobs).toMatchObject({ done: 500, inside: 0 });
      expect(scaledIn.length).toBeGreaterThan(0);
    }
  });
});

describe('jobs that cannot be done', () => {
  test.each(POISONS.map((one) => [one.name, one] as const))('%s - the rules come to fifty, ours does not', (_, one) => {
    expect(poisoned(rules, one.load).peak).toBe(50);
    const { peak, capped } = poisoned(ours, one.load);
    expect(peak).toBeLessThan(25);
    expect(capped).toHaveLength(1);
  });
});

describe('workers that are taken away', () => {
  test('protected while they work - no job is lost or repeated; unprotected some are', () => {
    const [asDefault, , recipe] = ENDINGS.map((ending) => ended(ours, ending));
    expect(asDefault?.jobs.repeated).toBeGreaterThan(0);
    expect(recipe?.jobs).toMatchObject({ lost: 0, repeated: 0, inside: 0 });
    expect(recipe?.scaledIn.length).toBeGreaterThan(0);
  });
});

describe('a day', () => {
  const [few, some] = LOADS as [(typeof LOADS)[number], (typeof LOADS)[number]];

  test('twice - the same to the last job', () => expect(month(ours, some, 1)).toEqual(month(ours, some, 1)));

  test('of 40 a minute for four hours - about the five workers of the source, where its rules have fifty', () => {
    expect(month(ours, some, 1).workerHours).toBeLessThan(1.3 * 5 * 4);
    expect(month(rules, some, 1).peak).toBe(50);
  });

  test.each(LOADS.map((load) => [load.name, load] as const))('of %s - never held down, all done once', (_, load) => {
    const { capped, jobs } = month(ours, load, 1);
    expect(capped).toEqual([]);
    expect(jobs).toMatchObject({ failed: 0, lost: 0, repeated: 0 });
  });

  test.each([
    [rules.name, rules],
    [ours.name, ours],
  ])('of two a minute by %s - those that are always there do it, and no task runs', (_, way) =>
    expect(month(way, few, 1)).toMatchObject({ workerHours: 0, peak: 0 }),
  );
});

describe('what it costs', () => {
  test('fifty workers for an hour - fifty times the list price in Seoul', () =>
    expect(fargate(ours, 50)).toBeCloseTo(50 * 0.05678, 2));

  test('CloudWatch - a metric and its calls, or fourteen metrics, and the alarms that scale', () => {
    expect(cloudwatch(rules)).toBeCloseTo(0.3 + 0.432 + 4 * 0.1);
    expect(cloudwatch(tracking)).toBeCloseTo(0.3 + 0.432 + 3 * 0.1);
    expect(cloudwatch(plainTracking())).toBeCloseTo(0.3 + 0.432 + 3 * 0.1);
    expect(cloudwatch(ours)).toBeCloseTo(14 * 0.3 + 2 * 0.1, 1);
    expect(cloudwatch(keda)).toBeUndefined();
  });
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
])('the middle of %j - %d', (numbers, expected) => expect(middle(numbers)).toBe(expected));

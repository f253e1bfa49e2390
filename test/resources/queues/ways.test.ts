import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Way, ways } from '../../../resources/queues/ways.ts';
import type { Scaling } from '../../../shared/stage/compiled.ts';

const ALL = { min: 0, max: 50, floor: [], emptyMinutes: 10 };
const BACKLOG: Scaling = { ...ALL, by: 'backlog', waitSeconds: 120 };
const RULES: Scaling = {
  ...ALL,
  by: 'rules',
  rules: [
    { over: 20, add: 1, cooldownSeconds: 60 },
    { under: 10, add: -1, cooldownSeconds: 300 },
    { over: 200, add: 10, cooldownSeconds: 30 },
  ],
};
const TARGET: Scaling = { ...ALL, by: 'target', jobs: 20, outSeconds: 60, inSeconds: 300 };

type Stepping = Extract<Way, { alarm: object }>;

function stepping(scaling: Scaling, name: string): Stepping {
  const way = ways(scaling).find((one) => one.name === name);
  if (!way || !('alarm' in way)) throw new Error(`no alarm ${name}`);
  return way;
}

/**
 * What a policy does at a value over its threshold, as AWS says it.
 *
 * @source Application Auto Scaling user guide, "Step adjustments": over the threshold the lower bound is in an interval and the
 * upper is not; under it the other way round
 */
function workersAt({ alarm, adjustment }: Stepping, value: number): number | undefined {
  const distance = value - alarm.threshold;
  const isRise = alarm.comparison.startsWith('Greater');
  const found = adjustment.steps.filter(({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) =>
    isRise ? distance >= from && distance < to : distance > from && distance <= to,
  );
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.workers;
}

describe('workers by backlog', () => {
  test('what is wanted is set exactly up to nine; above that as many or a few more, and never more than there may be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 600 }), (max, wanted) => {
        const way = stepping({ ...BACKLOG, max }, 'wanted');
        const set = workersAt(way, wanted) ?? 0;
        expect(way.adjustment.steps.length).toBeLessThanOrEqual(20);
        expect(set).toBeGreaterThanOrEqual(Math.min(wanted, max));
        expect(set).toBeLessThanOrEqual(max);
        if (max <= 50 && wanted <= 9) expect(set).toBe(Math.min(wanted, max));
        expect(set).toBeLessThanOrEqual(Math.ceil(Math.min(wanted, max) * 1.5));
      }),
    );
  });

  test('the steps - have neither gaps nor overlaps, as AWS wants them', () => {
    const { steps } = stepping(BACKLOG, 'wanted').adjustment;
    expect(steps[0]?.from).toBe(0);
    expect(steps.at(-1)).toEqual({ from: 42, workers: 50 });
    for (const [index, { to }] of steps.slice(0, -1).entries()) expect(steps[index + 1]?.from).toBe(to);
  });

  test('nothing wanted - none, by an alarm of its own; with one wanted it does nothing', () => {
    const way = stepping(BACKLOG, 'none');
    expect(way).toMatchObject({
      alarm: { metric: 'Wanted', comparison: 'LessThanThreshold', threshold: 1, minutes: 1 },
      adjustment: { type: 'ExactCapacity' },
    });
    expect([workersAt(way, 0), workersAt(way, 2)]).toEqual([0, undefined]);
  });
});

describe('workers by rules', () => {
  test('the table of the source - one alarm and one policy a row, and one for an empty queue', () => {
    expect(ways(RULES).map(({ name }) => name)).toEqual(['over-20', 'under-10', 'over-200', 'empty']);
    expect(stepping(RULES, 'over-20')).toMatchObject({
      alarm: { metric: 'Backlog', comparison: 'GreaterThanThreshold', threshold: 20, minutes: 1 },
      adjustment: { type: 'ChangeInCapacity', cooldown: 60 },
    });
    expect(stepping(RULES, 'under-10').adjustment.cooldown).toBe(300);
    expect(stepping(RULES, 'over-200').adjustment.cooldown).toBe(30);
  });

  test.each([
    ['over-20', 21, 1],
    ['over-20', 5000, 1],
    ['over-200', 201, 10],
    ['under-10', 9, -1],
    ['under-10', 0, -1],
    ['empty', 0, 0],
  ])('%s with %i jobs - %i', (name, jobs, workers) => {
    expect(workersAt(stepping(RULES, name), jobs)).toBe(workers);
  });

  test('empty - to none only after all its minutes', () => {
    expect(stepping({ ...RULES, emptyMinutes: 15 }, 'empty')).toMatchObject({
      alarm: { comparison: 'LessThanOrEqualToThreshold', threshold: 0, minutes: 15 },
      adjustment: { type: 'ExactCapacity' },
    });
  });
});

describe('workers by a target', () => {
  test('it only adds: a fifth is taken away by ours after a quarter of an hour, and all when it is empty', () => {
    expect(ways(TARGET)).toMatchObject([
      { name: 'target', tracking: { jobs: 20, out: 60 } },
      {
        name: 'under-target',
        alarm: { metric: 'Backlog', comparison: 'LessThanThreshold', threshold: 18, minutes: 15 },
        adjustment: { type: 'PercentChangeInCapacity', least: 1, cooldown: 300, steps: [{ to: 0, workers: -20 }] },
      },
      { name: 'empty' },
    ]);
  });
});

test.each([BACKLOG, RULES, TARGET])(
  'by $by - missing data adds nothing, and is no minute of those that take away',
  (scaling) => {
    for (const way of ways(scaling)) {
      if (!('alarm' in way)) continue;
      const takesAway = way.adjustment.steps.some(({ workers }) => workers <= 0);
      expect([way.name, way.alarm.missing]).toEqual([way.name, takesAway ? 'notBreaching' : 'missing']);
    }
  },
);

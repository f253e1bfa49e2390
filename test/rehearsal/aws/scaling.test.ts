import { describe, expect, test } from '@jest/globals';
import { ScalableTarget } from '../../../rehearsal/aws/scaling.ts';
import { policyOf, type ScalingPolicy, type StepPolicy, wantedBy } from '../../../rehearsal/aws/scaling-policies.ts';
import { SECOND, START, Time } from '../outside/jobs/time.ts';

const step = (name: string, change: number, cooldownSeconds: number): StepPolicy => ({
  ...{ kind: 'step', name, adjustment: 'ChangeInCapacity', cooldownSeconds },
  steps: [change > 0 ? { from: 0, change } : { to: 0, change }],
});
const PLUS = step('plus', 1, 60);
const PLUS_TEN = step('plus-ten', 10, 30);
const MINUS = step('minus', -1, 300);
const NONE: StepPolicy = { ...step('none', -1, 0), adjustment: 'ExactCapacity', steps: [{ to: 0, change: 0 }] };
const PERCENT: StepPolicy = { ...PLUS_TEN, adjustment: 'PercentChangeInCapacity' };
const TRACKING: ScalingPolicy = { kind: 'target', name: 'tracking', value: 20, outSeconds: 60, inSeconds: 300 };

/** Tasks that run so many seconds after they are desired. */
function scaledFrom(desired: number, { min = 0, max = 50, takes = 60 } = {}) {
  const time = new Time();
  const tasks = {
    desired,
    settledAt: START as number | undefined,
    setDesired(count: number) {
      tasks.desired = count;
      tasks.settledAt = undefined;
      const at = time.now + takes * SECOND;
      time.at(at, () => {
        if (tasks.desired === count) tasks.settledAt = at;
      });
    },
  };
  const target = new ScalableTarget(time, tasks, { min, max });
  const alarm = (seconds: number, ...found: [ScalingPolicy, number, number][]) => {
    time.until(seconds);
    target.trigger(found.map(([policy, metric, threshold]) => ({ policy, metric, threshold })));
    return tasks.desired;
  };
  return { time, tasks, target, alarm };
}

describe('scaling out', () => {
  test('an alarm that stays - acts again once the tasks run and the cooldown is over, not before', () => {
    const { alarm } = scaledFrom(0);
    expect([60, 90, 120, 179, 181, 240].map((at) => alarm(at, [PLUS, 30, 20]))).toEqual([1, 1, 1, 1, 2, 2]);
  });

  test('two policies at once - the larger capacity', () => {
    const { alarm, target } = scaledFrom(3);
    expect(alarm(60, [PLUS, 300, 20], [PLUS_TEN, 300, 200])).toBe(13);
    expect(target.activities).toEqual([{ at: START + 60 * SECOND, from: 3, to: 13, policy: 'plus-ten' }]);
  });

  test('more is wanted in the cooldown - what was added counts towards it', () => {
    const { alarm } = scaledFrom(2);
    alarm(60, [PLUS, 30, 20]);
    expect(alarm(61, [PLUS_TEN, 300, 200])).toBe(12);
  });

  test('beyond the maximum - as far as it', () => {
    const { alarm } = scaledFrom(45);
    expect(alarm(60, [PLUS_TEN, 300, 200])).toBe(50);
  });

  test('suspended - nothing is added, and what is taken away goes on', () => {
    const { alarm, target } = scaledFrom(5);
    target.register({ isOutSuspended: true });
    expect(alarm(60, [PLUS_TEN, 300, 200])).toBe(5);
    expect(alarm(120, [MINUS, 5, 10])).toBe(4);
  });
});

describe('scaling in', () => {
  test('an alarm that stays - one each cooldown', () => {
    const { alarm } = scaledFrom(5, { takes: 0 });
    expect([60, 120, 359, 361].map((at) => alarm(at, [MINUS, 5, 10]))).toEqual([4, 4, 4, 3]);
  });

  test('another alarm scales out meanwhile - at once, and the cooldown is over', () => {
    const { alarm } = scaledFrom(5, { takes: 0 });
    alarm(60, [MINUS, 5, 10]);
    expect(alarm(120, [PLUS_TEN, 300, 200])).toBe(14);
    expect(alarm(180, [MINUS, 5, 10])).toBe(13);
  });

  test('out and in at once - out', () => {
    const { alarm } = scaledFrom(5);
    expect(alarm(60, [NONE, 0, 0], [PLUS, 30, 20])).toBe(6);
  });

  test('in by two policies - the larger capacity, and that of the other while the first one cools', () => {
    const { alarm } = scaledFrom(5, { takes: 0 });
    expect(alarm(60, [NONE, 0, 0], [MINUS, 0, 10])).toBe(4);
    expect(alarm(120, [NONE, 0, 0], [MINUS, 0, 10])).toBe(0);
  });

  test('suspended - nothing is taken away', () => {
    const { alarm, target } = scaledFrom(5);
    target.register({ isInSuspended: true });
    expect(alarm(60, [NONE, 0, 0])).toBe(5);
  });
});

describe('what is registered', () => {
  test.each([
    ['a higher minimum', { min: 8 }, 8],
    ['a lower maximum', { max: 2 }, 2],
    ['an emergency', { min: 0, max: 0 }, 0],
    ['what it was within', { min: 1, max: 10 }, 5],
  ])('%s - the capacity is within at once', (_, bounds, expected) => {
    const { target, tasks } = scaledFrom(5);
    target.register(bounds);
    expect(tasks.desired).toBe(expected);
    expect(target.activities.some(({ policy }) => policy !== undefined)).toBe(false);
  });
});

describe('what a policy wants', () => {
  const wanted: StepPolicy = {
    ...{ kind: 'step', name: 'wanted', adjustment: 'ExactCapacity', cooldownSeconds: 0 },
    steps: [
      { from: 0, to: 1, change: 1 },
      { from: 1, to: 2, change: 2 },
      { from: 2, change: 4 },
    ],
  };
  test.each([
    ['exactly, at the lower bound', wanted, 9, 1, 0, 1],
    ['exactly, in the second step', wanted, 9, 2, 1, 2],
    ['exactly, in the last step', wanted, 9, 50, 49, 4],
    ['exactly nothing, at the threshold', NONE, 9, 0, 0, 0],
    ['less, under the threshold', MINUS, 9, 5, -5, 8],
    ['a change that no step has', MINUS, 9, 15, 5, undefined],
    ['tracking, twice the target', TRACKING, 4, 40, 20, 8],
    ['tracking from none, as if there were one', TRACKING, 0, 100, 80, 5],
    ['tracking to less, gradually', TRACKING, 50, 0, -18, 40],
    ['tracking to less, one at least', TRACKING, 2, 0, -18, 1],
    ['tracking that takes nothing away', { ...TRACKING, isOutOnly: true }, 50, 0, -18, 50],
    ['a tenth less of many', { ...PERCENT, steps: [{ to: 0, change: -10 }] }, 35, 5, -5, 32],
    ['a tenth less, two at least', { ...PERCENT, least: 2, steps: [{ to: 0, change: -10 }] }, 4, 5, -5, 2],
    ['a tenth less of none', { ...PERCENT, steps: [{ to: 0, change: -10 }] }, 0, 5, -5, 0],
    ['a tenth more of few, one at least', PERCENT, 4, 300, 100, 5],
    ['a tenth more of many', PERCENT, 35, 300, 100, 38],
  ] as const)('%s', (_, policy, capacity, metric, over, expected) =>
    expect(wantedBy(policy as ScalingPolicy, capacity, metric, over)).toBe(expected),
  );

  test('of a template - steps with their bounds, and 300 seconds where none are said', () => {
    const properties = {
      PolicyName: 'over',
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
      },
    };
    expect(policyOf(properties)).toEqual({ ...step('over', 1, 300), steps: [{ from: 0, to: undefined, change: 1 }] });
  });

  test('of a template - what a change is at least, and that tracking takes nothing away', () => {
    const steps = { AdjustmentType: 'PercentChangeInCapacity', MinAdjustmentMagnitude: 1, StepAdjustments: [] };
    expect(policyOf({ PolicyName: 'x', StepScalingPolicyConfiguration: steps })).toMatchObject({ least: 1 });
    const target = { TargetValue: 20, ScaleOutCooldown: 60, DisableScaleIn: true };
    expect(policyOf({ PolicyName: 'x', TargetTrackingScalingPolicyConfiguration: target })).toEqual({
      ...{ kind: 'target', name: 'x', value: 20, outSeconds: 60, inSeconds: 300, isOutOnly: true },
    });
  });

  test('of a template neither one nor the other - said', () =>
    expect(() => policyOf({ PolicyName: 'x' })).toThrow('neither as steps nor as a target'));
});

import { describe, expect, test } from '@jest/globals';
import type { ScalableTarget, Trigger } from '../../../rehearsal/aws/scaling.ts';
import { ALARM_DELAY_MS, ScalingAlarms } from '../../../rehearsal/aws/scaling-alarms.ts';
import type { StepPolicy, TargetPolicy } from '../../../rehearsal/aws/scaling-policies.ts';
import { thresholdOf } from '../../../rehearsal/aws/threshold.ts';
import { START } from '../outside/jobs/time.ts';

const MINUTE = 60_000;
const OVER: StepPolicy = { kind: 'step', name: 'over', adjustment: 'ChangeInCapacity', steps: [], cooldownSeconds: 60 };
const TRACKING: TargetPolicy = { kind: 'target', name: 'tracking', value: 20, outSeconds: 60, inSeconds: 300 };

const alarmOn = (comparison: string, limit: number, minutes: number, treatMissing = 'missing') => ({
  metric: 'Backlog',
  policy: OVER,
  threshold: thresholdOf({
    ...{ ComparisonOperator: comparison, Threshold: limit, EvaluationPeriods: minutes },
    ...{ Period: 60, Statistic: 'Maximum', TreatMissingData: treatMissing },
  }),
});

/** What triggers there were each minute; undefined is a minute in which nothing was published. */
function lived(values: (number | undefined)[], ...alarms: ConstructorParameters<typeof ScalingAlarms>[1]) {
  const seen: (number | undefined)[] = [];
  let found: Trigger[] = [];
  const trigger = (all: Trigger[]) => {
    found = all;
  };
  const target = { trigger } as unknown as ScalableTarget;
  const watch = new ScalingAlarms(target, alarms);
  for (const [minute, value] of values.entries()) {
    found = [];
    if (value !== undefined) watch.put('Backlog', START + minute * MINUTE + 2000, value);
    watch.evaluate(START + (minute + 1) * MINUTE + ALARM_DELAY_MS);
    seen.push(found[0]?.metric);
  }
  return seen;
}

describe('alarms that scale', () => {
  test('over it - each minute again, and no more when it is not', () =>
    expect(lived([10, 30, 40, 20, 21], alarmOn('GreaterThanThreshold', 20, 1))).toEqual([
      undefined,
      30,
      40,
      undefined,
      21,
    ]));

  test('empty for three of three minutes - then, and not before', () =>
    expect(lived([0, 0, 1, 0, 0, 0, 0], alarmOn('LessThanOrEqualToThreshold', 0, 3))).toEqual([
      ...new Array(5).fill(undefined),
      0,
      0,
    ]));

  test('nothing is measured for long - nothing is done', () => {
    const silence = new Array(20).fill(undefined);
    expect(lived([...[0, 0], ...silence], alarmOn('LessThanOrEqualToThreshold', 0, 3, 'notBreaching'))).toEqual(
      new Array(22).fill(undefined),
    );
    expect(lived(silence, alarmOn('GreaterThanThreshold', 20, 1))).toEqual(silence);
  });

  test('the minute of a datapoint is not over - it is not looked at yet', () => {
    let times = 0;
    const watch = new ScalingAlarms({ trigger: () => void times++ } as unknown as ScalableTarget, [
      alarmOn('GreaterThanThreshold', 20, 1),
    ]);
    watch.put('Backlog', START + 2000, 500);
    watch.evaluate(START + ALARM_DELAY_MS);
    expect(times).toBe(0);
    watch.evaluate(START + MINUTE + ALARM_DELAY_MS);
    expect(times).toBe(1);
  });

  test('target tracking - three minutes over it, fifteen minutes under nine tenths of it', () => {
    const tracking = { metric: 'Backlog', policy: TRACKING };
    expect(lived([30, 30, 30], tracking)).toEqual([undefined, undefined, 30]);
    expect(lived(new Array(15).fill(17), tracking)).toEqual([...new Array(14).fill(undefined), 17]);
    expect(lived(new Array(15).fill(17), { metric: 'Backlog', policy: { ...TRACKING, isOutOnly: true } })).toEqual(
      new Array(15).fill(undefined),
    );
    expect(lived(new Array(15).fill(18.5), tracking)).toEqual(new Array(15).fill(undefined));
  });
});

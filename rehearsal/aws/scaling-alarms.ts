import type { ScalableTarget, Trigger } from './scaling.ts';
import type { ScalingPolicy, TargetPolicy } from './scaling-policies.ts';
import { type AlarmState, type Datapoint, datapointOf, judged, type Threshold } from './threshold.ts';

/** An alarm that has a policy act. Target tracking makes its own. */
export type ScalingAlarm =
  | { metric: string; policy: ScalingPolicy; threshold: Threshold }
  | { metric: string; policy: TargetPolicy };

interface Watched {
  metric: string;
  policy: ScalingPolicy;
  threshold: Threshold;
  state: AlarmState;
  points: Datapoint[];
}

const MINUTE = 60_000;
/** So long after its minute a datapoint is there and looked at. */
export const ALARM_DELAY_MS = 15_000;
/** More than any alarm looks back. */
const POINTS = 30;

/**
 * The alarms on what is published of a queue, once a minute.
 *
 * @source CloudWatch user guide, "Alarm evaluation": once a minute, of whole periods; re:Post, "Why doesn't my CloudWatch alarm's
 * state change invoke my Amazon EC2 Auto Scaling policy?": such actions are invoked once a minute while the state stays
 */
export class ScalingAlarms {
  readonly #target: ScalableTarget;
  readonly #alarms: Watched[];
  readonly #samples = new Map<string, Map<number, number[]>>();

  constructor(target: ScalableTarget, alarms: ScalingAlarm[]) {
    this.#target = target;
    this.#alarms = alarms.flatMap((alarm): Watched[] => {
      const { metric, policy } = alarm;
      const thresholds = 'threshold' in alarm ? [alarm.threshold] : trackingThresholds(alarm.policy);
      return thresholds.map((threshold) => ({ metric, policy, threshold, state: 'INSUFFICIENT_DATA', points: [] }));
    });
  }

  /** A value was published. @param at milliseconds since the epoch */
  put(metric: string, at: number, value: number): void {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    const minutes = this.#samples.get(metric) ?? new Map<number, number[]>();
    this.#samples.set(metric, minutes.set(minute, [...(minutes.get(minute) ?? []), value]));
  }

  /** Looks at the last whole minute, and has the policies act whose alarms are in ALARM: called once a minute. */
  evaluate(now: number): void {
    const minute = Math.floor((now - ALARM_DELAY_MS) / MINUTE) * MINUTE - MINUTE;
    for (const alarm of this.#alarms) {
      const samples = this.#samples.get(alarm.metric)?.get(minute) ?? [];
      alarm.points.push(datapointOf(alarm.threshold.statistic, samples));
      if (alarm.points.length > POINTS) alarm.points.shift();
      alarm.state = judged(alarm.threshold, alarm.points, alarm.state);
    }
    for (const minutes of this.#samples.values()) minutes.delete(minute);
    const triggers = this.#alarms.flatMap(triggerOf);
    if (triggers.length > 0) this.#target.trigger(triggers);
  }
}

function triggerOf({ state, policy, threshold, points }: Watched): Trigger[] {
  const metric = points.findLast((point) => point !== undefined);
  if (state !== 'ALARM' || metric === undefined) return [];
  return [{ policy, metric, threshold: threshold.over ?? threshold.under ?? 0 }];
}

/**
 * @source not in AWS's guides: what it is seen to make, aws/containers-roadmap issue 1208 (3 of 3 minutes over the target, 15 of
 * 15 under), and nine tenths of the target as the limit of the latter
 */
function trackingThresholds({ value, isOutOnly }: TargetPolicy): Threshold[] {
  const usual = { statistic: 'Average', seconds: 60, treatMissing: 'missing' };
  const high = { ...usual, evaluations: 3, over: value };
  return isOutOnly ? [high] : [high, { ...usual, evaluations: 15, under: value * 0.9 }];
}

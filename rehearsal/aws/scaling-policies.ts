/** How a scaling policy changes the capacity of what it scales. */
export type ScalingPolicy = StepPolicy | TargetPolicy;

export interface StepPolicy {
  kind: 'step';
  name: string;
  adjustment: 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';
  /** By how far the metric is over or under the threshold of the alarm. */
  steps: { from?: number; to?: number; change: number }[];
  cooldownSeconds: number;
  /** What a change in percent comes to at least. */
  least?: number;
}

export interface TargetPolicy {
  kind: 'target';
  name: string;
  /** What the metric is to be. */
  value: number;
  outSeconds: number;
  inSeconds: number;
  /** It takes nothing away. */
  isOutOnly?: boolean;
}

interface StepAdjustment {
  MetricIntervalLowerBound?: number;
  MetricIntervalUpperBound?: number;
  ScalingAdjustment: number;
}

interface PolicyProperties {
  PolicyName: string;
  StepScalingPolicyConfiguration?: {
    AdjustmentType: StepPolicy['adjustment'];
    Cooldown?: number;
    MinAdjustmentMagnitude?: number;
    StepAdjustments: StepAdjustment[];
  };
  TargetTrackingScalingPolicyConfiguration?: {
    TargetValue: number;
    ScaleOutCooldown?: number;
    ScaleInCooldown?: number;
    DisableScaleIn?: boolean;
  };
}

/** The cooldown of an ECS service where none is said. */
const COOLDOWN_SECONDS = 300;
/** AWS says of target tracking only that it "scales in more gradually": this share at a time is an assumption. */
const GRADUALLY = 0.2;

/**
 * @param properties of an `AWS::ApplicationAutoScaling::ScalingPolicy`
 * @source Application Auto Scaling API reference, StepScalingPolicyConfiguration and TargetTrackingScalingPolicyConfiguration:
 * the default cooldown of an ECS service is 300 s
 */
export function policyOf(properties: Record<string, unknown>): ScalingPolicy {
  const policy = properties as unknown as PolicyProperties;
  const { StepScalingPolicyConfiguration: step, TargetTrackingScalingPolicyConfiguration: target } = policy;
  const name = policy.PolicyName;
  if (target) {
    const { TargetValue: value, DisableScaleIn: isOutOnly = false } = target;
    const { ScaleOutCooldown: outSeconds = COOLDOWN_SECONDS, ScaleInCooldown: inSeconds = COOLDOWN_SECONDS } = target;
    return { kind: 'target', name, value, outSeconds, inSeconds, ...(isOutOnly && { isOutOnly }) };
  }
  if (!step) throw new Error(`the rehearsal knows the scaling policy ${name} neither as steps nor as a target`);
  return {
    ...{ kind: 'step', name, adjustment: step.AdjustmentType, cooldownSeconds: step.Cooldown ?? COOLDOWN_SECONDS },
    ...(step.MinAdjustmentMagnitude !== undefined && { least: step.MinAdjustmentMagnitude }),
    steps: step.StepAdjustments.map((one) => ({
      from: one.MetricIntervalLowerBound,
      to: one.MetricIntervalUpperBound,
      change: one.ScalingAdjustment,
    })),
  };
}

/**
 * The capacity that a policy wants.
 *
 * @param capacity what there is; of target tracking from zero, one is assumed, since nothing else is proportional to it
 * @param over how far the metric is over the threshold of the alarm, below nothing how far under it
 * @source StepAdjustment: over the threshold the lower bound is inclusive and the upper exclusive, under it the other way round;
 * user guide, "How target tracking scaling works": it scales out proportionally to the metric, rounded up
 */
export function wantedBy(policy: ScalingPolicy, capacity: number, metric: number, over: number): number | undefined {
  if (policy.kind === 'target') {
    const proportional = Math.ceil((Math.max(1, capacity) * metric) / policy.value);
    if (proportional >= capacity || policy.isOutOnly) return Math.max(capacity, proportional);
    return Math.max(proportional, gradually(capacity));
  }
  const step = policy.steps.find(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) =>
      (over >= from && over < to && over >= 0) || (over > from && over <= to && over <= 0),
  );
  if (!step) return undefined;
  if (policy.adjustment === 'ExactCapacity') return step.change;
  if (policy.adjustment === 'ChangeInCapacity') return capacity + step.change;
  const change = (capacity * step.change) / 100;
  // Less than one is one, more than one is rounded towards nothing.
  return capacity + Math.sign(change) * Math.max(1, policy.least ?? 1, Math.trunc(Math.abs(change)));
}

function gradually(capacity: number): number {
  return Math.min(capacity - 1, Math.ceil(capacity * (1 - GRADUALLY)));
}

export function cooldownOf(policy: ScalingPolicy, direction: 'out' | 'in'): number {
  if (policy.kind === 'step') return policy.cooldownSeconds * 1000;
  return (direction === 'out' ? policy.outSeconds : policy.inSeconds) * 1000;
}

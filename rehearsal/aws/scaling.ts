import type { Timeline } from '../timeline.ts';
import { cooldownOf, type ScalingPolicy, wantedBy } from './scaling-policies.ts';

/** What is scaled: the tasks of a service. */
export interface Scaled {
  readonly desired: number;
  /** Since when as many run as are desired, in milliseconds since the epoch; undefined while they do not. */
  readonly settledAt: number | undefined;
  setDesired(count: number): void;
}

/** What is registered. */
export interface Bounds {
  min: number;
  max: number;
  isInSuspended: boolean;
  isOutSuspended: boolean;
}

/** An alarm has a policy act. */
export interface Trigger {
  policy: ScalingPolicy;
  /** What was measured. */
  metric: number;
  /** The threshold of the alarm. */
  threshold: number;
}

export interface Activity {
  at: number;
  from: number;
  to: number;
  /** The policy; none where a changed minimum or maximum did it. */
  policy?: string;
}

/** A change of capacity, and what it keeps from happening. */
interface Cooldown {
  since: number;
  milliseconds: number;
  /** Before it. */
  base: number;
}

/**
 * A scalable target of Application Auto Scaling.
 *
 * @source API reference, RegisterScalableTarget: the current capacity is changed to be within min and max, policies do not
 * leave them, suspended directions are not scaled; StepScalingPolicyConfiguration, `Cooldown`: begins when the change is
 * fulfilled; while it lasts, what a scale-out has added counts towards the next one, and a scale-in is blocked, until another
 * alarm scales out, which ends it; user guide: an alarm that stays in ALARM has its policy act again, and of several policies
 * the one with the largest capacity wins. Whether one policy's cooldown blocks the scale-in of another is not said: here it does not.
 */
export class ScalableTarget {
  readonly #time: Pick<Timeline, 'now'>;
  readonly #scaled: Scaled;
  #bounds: Bounds;
  #out: Cooldown | undefined;
  readonly #in = new Map<string, Cooldown>();
  readonly activities: Activity[] = [];

  constructor(time: Pick<Timeline, 'now'>, scaled: Scaled, bounds: { min: number; max: number }) {
    this.#time = time;
    this.#scaled = scaled;
    this.#bounds = { ...bounds, isInSuspended: false, isOutSuspended: false };
    this.register({});
  }

  get bounds(): Bounds {
    return this.#bounds;
  }

  /** What is left out stays as it is. */
  register(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    const within = this.#within(this.#scaled.desired);
    if (within !== this.#scaled.desired) this.#change(within);
  }

  /** Alarms are in ALARM: called each minute with all of them. */
  trigger(triggers: Trigger[]): void {
    const { desired } = this.#scaled;
    const { isInSuspended, isOutSuspended } = this.#bounds;
    const out = largest(
      triggers.flatMap((trigger) => this.#wanted(trigger, this.#base)).filter(({ to }) => to > desired),
    );
    if (out && !isOutSuspended) {
      this.#out = this.#begin(out.policy, 'out', this.#base);
      this.#in.clear();
      this.#change(out.to, out.policy.name);
    }
    if (out || isInSuspended) return;
    const back = largest(
      triggers
        .flatMap((trigger) => this.#wanted(trigger, desired))
        .filter(({ to, policy }) => to < desired && !this.#isCooling(this.#in.get(policy.name))),
    );
    if (!back) return;
    this.#in.set(back.policy.name, this.#begin(back.policy, 'in', desired));
    this.#change(back.to, back.policy.name);
  }

  /** What a scale-out adds to: while the last one cools down, what there was before it. */
  get #base(): number {
    return this.#out && this.#isCooling(this.#out)
      ? Math.min(this.#out.base, this.#scaled.desired)
      : this.#scaled.desired;
  }

  #wanted({ policy, metric, threshold }: Trigger, capacity: number): { policy: ScalingPolicy; to: number }[] {
    const wanted = wantedBy(policy, capacity, metric, metric - threshold);
    return wanted === undefined ? [] : [{ policy, to: this.#within(wanted) }];
  }

  #begin(policy: ScalingPolicy, direction: 'out' | 'in', base: number): Cooldown {
    return { since: this.#time.now, milliseconds: cooldownOf(policy, direction), base };
  }

  #isCooling(cooldown: Cooldown | undefined): boolean {
    if (!cooldown) return false;
    const { settledAt } = this.#scaled;
    return settledAt === undefined || this.#time.now < Math.max(settledAt, cooldown.since) + cooldown.milliseconds;
  }

  #change(to: number, policy?: string): void {
    this.activities.push({ at: this.#time.now, from: this.#scaled.desired, to, ...(policy && { policy }) });
    this.#scaled.setDesired(to);
  }

  #within(capacity: number): number {
    return Math.min(this.#bounds.max, Math.max(this.#bounds.min, capacity));
  }
}

function largest<Of extends { to: number }>(all: Of[]): Of | undefined {
  return all.reduce<Of | undefined>((best, one) => (best && best.to >= one.to ? best : one), undefined);
}

import { capacities } from '../../shared/queues/capacities.ts';
import type { Scaling, ScalingRule } from '../../shared/stage/compiled.ts';
import type { QueueMetric } from './metric.ts';

/** One policy, and what has it act; target tracking, which only adds, has an alarm of its own. */
export type Way = { name: string } & (
  | { alarm: WayAlarm; adjustment: Adjustment }
  | { tracking: { jobs: number; out: number } }
);

interface WayAlarm {
  metric: QueueMetric;
  comparison: Comparison;
  threshold: number;
  /** So many minutes in a row. */
  minutes: number;
  missing: 'missing' | 'notBreaching';
}

type Comparison =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

interface Adjustment {
  type: 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';
  /** So many workers at least are added or taken away, whatever the percentage comes to. */
  least?: number;
  cooldown: number;
  /** Counted from the threshold of the alarm. */
  steps: { from?: number; to?: number; workers: number }[];
}

/** How the workers of a queue are set. */
export function ways(scaling: Scaling): Way[] {
  if (scaling.by === 'backlog') return [wanted(scaling), none()];
  if (scaling.by === 'rules') return [...scaling.rules.map(ofRule), empty(scaling)];
  const { jobs, outSeconds: out, inSeconds } = scaling;
  return [{ name: 'target', tracking: { jobs, out } }, underTarget(jobs, inSeconds), empty(scaling)];
}

/**
 * What `tend-queues` wants, it has worked out with everything that it remembers: the policy does as it is told. Between two
 * numbers that it can set it sets the larger one.
 */
function wanted({ max }: Scaling): Way {
  const found = capacities(max);
  const steps = found.map((workers, index) => ({
    from: found[index - 1] ?? 0,
    ...(index < found.length - 1 && { to: workers }),
    workers,
  }));
  return {
    name: 'wanted',
    alarm: {
      ...{ metric: 'Wanted', comparison: 'GreaterThanOrEqualToThreshold', threshold: 1 },
      ...{ minutes: 1, missing: 'missing' },
    },
    adjustment: { type: 'ExactCapacity', cooldown: 0, steps },
  };
}

function none(): Way {
  return {
    name: 'none',
    alarm: { metric: 'Wanted', comparison: 'LessThanThreshold', threshold: 1, minutes: 1, ...NEVER_BY_SILENCE },
    adjustment: { type: 'ExactCapacity', cooldown: 0, steps: [{ to: 0, workers: 0 }] },
  };
}

/**
 * With `missing`, CloudWatch would take one minute that it knows, after many that it does not, for all of them: what takes
 * workers away needs all its minutes.
 *
 * @source CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data", the last rows of its tables
 */
const NEVER_BY_SILENCE = { missing: 'notBreaching' } as const;

function empty({ emptyMinutes }: Scaling): Way {
  return {
    name: 'empty',
    alarm: {
      ...{ metric: 'Backlog', comparison: 'LessThanOrEqualToThreshold', threshold: 0 },
      ...{ minutes: emptyMinutes, ...NEVER_BY_SILENCE },
    },
    adjustment: { type: 'ExactCapacity', cooldown: 0, steps: [{ to: 0, workers: 0 }] },
  };
}

/**
 * The alarm by which target tracking takes workers away is AWS's: it acts on as long as one known minute is left of fifteen.
 * This one is like it, a tenth under the target for a quarter of an hour, and needs all of them.
 */
function underTarget(jobs: number, cooldown: number): Way {
  return {
    name: 'under-target',
    alarm: {
      ...{ metric: 'Backlog', comparison: 'LessThanThreshold', threshold: jobs * 0.9 },
      ...{ minutes: 15, ...NEVER_BY_SILENCE },
    },
    adjustment: { type: 'PercentChangeInCapacity', least: 1, cooldown, steps: [{ to: 0, workers: -20 }] },
  };
}

function ofRule({ over, under, add: workers, cooldownSeconds: cooldown }: ScalingRule): Way {
  const isRise = over !== undefined;
  return {
    name: isRise ? `over-${over}` : `under-${under}`,
    alarm: {
      metric: 'Backlog',
      ...(isRise
        ? { comparison: 'GreaterThanThreshold', threshold: over, missing: 'missing' }
        : { comparison: 'LessThanThreshold', threshold: under ?? 0, ...NEVER_BY_SILENCE }),
      minutes: 1,
    },
    adjustment: { type: 'ChangeInCapacity', cooldown, steps: [{ ...(isRise ? { from: 0 } : { to: 0 }), workers }] },
  };
}

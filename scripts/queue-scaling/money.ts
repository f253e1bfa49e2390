import type { ScalingPolicy } from '../../rehearsal/aws/scaling-policies.ts';
import { billOf, type Item } from '../../shared/cost/items.ts';
import { fargateHour } from '../../shared/prices/prices.ts';
import { control, SEOUL } from '../costs/prices.ts';
import { scalingAlarms } from './template.ts';
import type { Way } from './ways.ts';

/** What Lamplighter publishes of a queue on Redis: all of `shared/queues/emf.ts` but `Unreadable`. */
const METRICS = 14;
const MINUTES = 60 * 24 * 30;
/** Two lines a minute, of less than a kilobyte. */
const LOG_GB = (2 * MINUTES * 800) / 1e9;

/** What the tasks of a way cost, in US dollars. */
export function fargate({ queue }: Way, hours: number): number {
  const each = queue.workers.task && fargateHour(SEOUL, queue.workers.task);
  if (each === undefined) throw new Error('the price of a task is unknown');
  return each * hours;
}

/** What CloudWatch takes a month for a way, in US dollars; undefined where it has no part in it. */
export function cloudwatch({ queue, by, alarms: others }: Way): number | undefined {
  if (by === 'keda') return undefined;
  // Target tracking makes two of its own, or one where it takes nothing away.
  const made = (policy: ScalingPolicy) => (policy.kind === 'target' && !policy.isOutOnly ? 2 : 1);
  const alarms = (others ?? scalingAlarms(queue)).reduce((sum, { policy }) => sum + made(policy), 0);
  const published: Item[] =
    by === 'tend-queues'
      ? [control('cloudwatch.metricMonth', METRICS), control('logs.ingestGb', LOG_GB)]
      : [control('cloudwatch.metricMonth', 1), control('cloudwatch.request', MINUTES)];
  return billOf([...published, control('cloudwatch.alarmMonth', alarms)]).usd;
}

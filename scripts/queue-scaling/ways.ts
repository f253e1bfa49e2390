import { fileURLToPath } from 'node:url';
import type { ScalingAlarm } from '../../rehearsal/aws/scaling-alarms.ts';
import type { TargetPolicy } from '../../rehearsal/aws/scaling-policies.ts';
import { compileStage } from '../../shared/stage/compile.ts';
import type { QueueWorkload, Scaling } from '../../shared/stage/compiled.ts';
import { readStage } from '../../shared/stage/read.ts';
import { scalingAlarms } from './template.ts';

/** A way of scaling the same workers. */
export interface Way {
  name: string;
  queue: QueueWorkload;
  /** Who decides: policies alone, tend-queues beside them, or KEDA. */
  by: 'policies' | 'tend-queues' | 'keda';
  /** The alarms that scale, where they are not those that are deployed. */
  alarms?: ScalingAlarm[];
  /** Cooldowns begin when a change is asked for: better for the source than what AWS says. */
  isEarly?: boolean;
}

/** The queue of the source, as the example has it. */
function crawl(): QueueWorkload {
  const file = fileURLToPath(new URL('../../examples/hybrid-queue-scaling.yml', import.meta.url));
  const queue = compileStage(readStage(file), 'dev', 2026).queues['crawl'];
  if (!queue) throw new Error(`${file} has no queue crawl`);
  return queue;
}

/** The source's table, target tracking as the source sets it, KEDA's defaults, and what the example says. */
export function ways(): Way[] {
  const queue = crawl();
  const { min, max, floor, emptyMinutes } = queue.scaling;
  const same = { min, max, floor, emptyMinutes };
  const scaledBy = (scaling: Scaling): QueueWorkload => ({ ...queue, scaling });
  const rules = [
    { over: 20, add: 1, cooldownSeconds: 60 },
    { under: 10, add: -1, cooldownSeconds: 300 },
    { over: 200, add: 10, cooldownSeconds: 30 },
  ];
  return [
    { name: 'the source’s rules', queue: scaledBy({ ...same, by: 'rules', rules }), by: 'policies' },
    {
      name: 'target tracking at 20',
      queue: scaledBy({ ...same, by: 'target', jobs: 20, outSeconds: 60, inSeconds: 300 }),
      by: 'policies',
    },
    { name: 'KEDA-like', queue, by: 'keda' },
    { name: '**ours**', queue, by: 'tend-queues' },
  ];
}

/** The tracking of the source itself: it takes workers away by an alarm of its own, which nobody else may set. */
export function plainTracking(): Way {
  const [, tracking] = ways();
  if (!tracking) throw new Error('there is no way that tracks a target');
  const policy: TargetPolicy = { kind: 'target', name: 'plain', value: 20, outSeconds: 60, inSeconds: 300 };
  const alarms = scalingAlarms(tracking.queue).filter((alarm) => 'threshold' in alarm && alarm.threshold.under === 0);
  return { ...tracking, name: 'tracking alone', alarms: [{ metric: 'Backlog', policy }, ...alarms] };
}

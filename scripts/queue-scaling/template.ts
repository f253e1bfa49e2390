import type { ScalingAlarm } from '../../rehearsal/aws/scaling-alarms.ts';
import { policyOf } from '../../rehearsal/aws/scaling-policies.ts';
import { thresholdOf } from '../../rehearsal/aws/threshold.ts';
import { scaling } from '../../resources/queues/scaling.ts';
import type { QueueWorkload } from '../../shared/stage/compiled.ts';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

/** The alarms that scale a queue's workers, out of the very resources that are deployed. */
export function scalingAlarms(queue: QueueWorkload): ScalingAlarm[] {
  const resources = scaling('dev', 'crawl', queue) as Record<string, Resource>;
  return Object.entries(resources).flatMap(([id, { Type, Properties }]): ScalingAlarm[] => {
    if (Type !== 'AWS::ApplicationAutoScaling::ScalingPolicy') return [];
    const policy = policyOf(Properties);
    if (policy.kind === 'target') return [{ metric: 'Backlog', policy }];
    const alarm = Object.values(resources).find(({ Properties: { AlarmActions } }) => refersTo(AlarmActions, id));
    if (!alarm) throw new Error(`nothing has the policy ${id} act`);
    return [{ metric: String(alarm.Properties['MetricName']), policy, threshold: thresholdOf(alarm.Properties) }];
  });
}

function refersTo(actions: unknown, id: string): boolean {
  return Array.isArray(actions) && actions.some((action: { Ref?: string }) => action.Ref === id);
}

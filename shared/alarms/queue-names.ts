/** The alarms of a queue that people are told of: what they look at is in `resources/queues/alarms.ts`. */
export const QUEUE_ALARMS = [
  'queue-backlog-warning',
  'queue-backlog-critical',
  'queue-workers',
  'queue-cpu',
  'queue-memory',
  'queue-errors',
] as const;

export type QueueAlarm = (typeof QUEUE_ALARMS)[number];

/** The alarm before the queue, as alarms of services have it. */
export function queueAlarmName(stage: string, queue: string, alarm: QueueAlarm): string {
  return `lamplighter-${stage}-${alarm}-${queue}`;
}

/** The source's table: what may wait until tomorrow, and what may not. */
export function isQueueWarning(alarm: QueueAlarm): boolean {
  return alarm !== 'queue-backlog-critical' && alarm !== 'queue-memory';
}

/** Which queue an alarm is about; undefined where it is none of these. */
export function queueOfAlarm(stage: string, name: string): { queue: string; alarm: QueueAlarm } | undefined {
  const alarm = QUEUE_ALARMS.find((one) => name.startsWith(queueAlarmName(stage, '', one)));
  return alarm && { queue: name.slice(queueAlarmName(stage, '', alarm).length), alarm };
}

/** The alarm that sets workers, and the policy it belongs to; nobody is told of it. */
export function scalingAlarmName(stage: string, queue: string, way: string): string {
  return `lamplighter-${stage}-scale-${way}-${queue}`;
}

export function queuesDashboardName(stage: string): string {
  return `lamplighter-${stage}-queues`;
}

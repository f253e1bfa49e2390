/** The metrics of queues, as they come out of the logs of the functions that read them. */
export const NAMESPACE = 'Lamplighter/Queues';

export type QueueMetric =
  | 'Waiting'
  | 'Active'
  | 'Delayed'
  | 'Due'
  | 'Failed'
  | 'Backlog'
  | 'Arrivals'
  | 'Completions'
  | 'Failures'
  | 'OldestAge'
  | 'ErrorRate'
  | 'RedisMemory'
  | 'Unreadable'
  | 'Workers'
  | 'Wanted';

export function dimensions(stage: string, queue: string): { Name: string; Value: string }[] {
  return [
    { Name: 'Stage', Value: stage },
    { Name: 'Queue', Value: queue },
  ];
}

export function metricOf(stage: string, queue: string, metric: QueueMetric): object {
  return { Namespace: NAMESPACE, MetricName: metric, Dimensions: dimensions(stage, queue) };
}

/** Where the metrics of queues are in CloudWatch. */
export const NAMESPACE = 'Lamplighter/Queues';

const UNITS = {
  Waiting: 'Count',
  Active: 'Count',
  Delayed: 'Count',
  Due: 'Count',
  Failed: 'Count',
  Backlog: 'Count',
  Arrivals: 'Count',
  Completions: 'Count',
  Failures: 'Count',
  OldestAge: 'Seconds',
  ErrorRate: 'Percent',
  RedisMemory: 'Percent',
  Unreadable: 'Count',
  Workers: 'Count',
  Wanted: 'Count',
} as const;

export type Metric = keyof typeof UNITS;

/**
 * Publishes what is known of a queue as a line of the log, from which CloudWatch makes metrics: no call of an API, so no
 * way out of a private subnet is needed.
 *
 * @param now milliseconds since the epoch
 * @param write what the line goes to. Never `console.log`: where logs are JSON, Lambda's runtime puts the line into an
 * object of its own, and CloudWatch finds no metric in it.
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function publishMetrics(
  stage: string,
  queue: string,
  metrics: Partial<Record<Metric, number>>,
  now: number,
  write: (line: string) => void = (line) => process.stdout.write(line),
): void {
  const known = Object.entries(metrics).filter((entry): entry is [Metric, number] => Number.isFinite(entry[1]));
  if (known.length === 0) return;
  const Metrics = known.map(([Name]) => ({ Name, Unit: UNITS[Name] }));
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [['Stage', 'Queue']], Metrics }];
  const line = { _aws: { Timestamp: now, CloudWatchMetrics }, Stage: stage, Queue: queue };
  write(`${JSON.stringify({ ...line, ...Object.fromEntries(known) })}\n`);
}

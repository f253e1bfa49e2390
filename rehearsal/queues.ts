import type { Sqs } from './aws/sqs.ts';
import type { Template } from './template.ts';

/** SQS's own, where a template says nothing. */
const VISIBILITY_SECONDS = 30;
const RETENTION_SECONDS = 4 * 86_400;
/** Batches that Lambda begins with when nothing limits them. */
const POLLERS = 5;

interface Mapping {
  EventSourceArn?: string;
  FunctionName?: string;
  BatchSize?: number;
  ScalingConfig?: { MaximumConcurrency?: number };
  FunctionResponseTypes?: string[];
}

/** Makes the queues of the template, and connects them with the functions that they feed. */
export function deployQueues(template: Template, sqs: Sqs): void {
  for (const { id, properties } of template.of('AWS::SQS::Queue')) {
    const { maxReceiveCount } = (properties['RedrivePolicy'] ?? {}) as { maxReceiveCount?: number };
    sqs.queues.set(template.arn(id), {
      arn: template.arn(id),
      visibilityMs: Number(properties['VisibilityTimeout'] ?? VISIBILITY_SECONDS) * 1000,
      retentionMs: Number(properties['MessageRetentionPeriod'] ?? RETENTION_SECONDS) * 1000,
      maxReceives: Number(maxReceiveCount ?? Number.POSITIVE_INFINITY),
      batchSize: 10,
      concurrency: POLLERS,
      reportsFailures: false,
      ready: [],
      dead: [],
      running: 0,
      isPolling: false,
    });
  }
  for (const { properties } of template.of('AWS::Lambda::EventSourceMapping')) {
    const { EventSourceArn, FunctionName, BatchSize = 10, ...mapping } = properties as Mapping;
    const queue = sqs.queues.get(String(EventSourceArn));
    if (queue)
      Object.assign(queue, {
        functionName: String(FunctionName).split(':').at(-1),
        batchSize: Number(BatchSize),
        concurrency: Number(mapping.ScalingConfig?.MaximumConcurrency ?? POLLERS),
        reportsFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      });
  }
}

import * as z from 'zod/mini';

/** A batch of the channel's queue; SNS delivers the notice raw, as the body. */
export const input = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string(), eventSourceARN: z.string() })),
});

export type Input = z.output<typeof input>;

export const notice = z.object({
  id: z.string(),
  at: z.string(),
  stage: z.string(),
  workload: z.string(),
  severity: z.enum(['info', 'success', 'warning', 'critical']),
  title: z.string(),
  lines: z.array(z.string()),
  execution: z.optional(z.string()),
});

/** What CloudWatch itself publishes to the topic when an alarm changes its state. */
export const alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.nullish(z.string()),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
  StateChangeTime: z.string(),
});

export const message = z.union([notice, alarm]);

/** The messages that stay in the queue. */
export const output = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

export type Output = z.output<typeof output>;

import * as z from 'zod/mini';
import type { Notice } from './notices.ts';

/** A batch of a channel's queue; SNS delivers the notice raw, as the body. */
export const batch = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string(), eventSourceARN: z.string() })),
});

export type Batch = z.output<typeof batch>;

/** The messages that stay in the queue. */
export const kept = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

export type Kept = z.output<typeof kept>;

const notice = z.object({
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
const alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.nullish(z.string()),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
  StateChangeTime: z.string(),
});

const message = z.union([notice, alarm]);

/**
 * The body of a message of the topic as a notice: ours as they are, an alarm of CloudWatch in our form.
 *
 * @param stage the stage that an alarm is of
 * @throws SyntaxError, $ZodError when it is neither
 */
export function asNotice(body: string, stage: string): Notice {
  const found = message.parse(JSON.parse(body));
  if (!('AlarmName' in found)) return found;
  const { AlarmName, AlarmDescription, NewStateValue, NewStateReason, StateChangeTime } = found;
  return {
    id: `${AlarmName} ${NewStateValue} ${StateChangeTime}`,
    at: new Date(StateChangeTime).toISOString(),
    stage,
    workload: 'lamplighter',
    severity: NewStateValue === 'OK' ? 'success' : 'critical',
    title: `${AlarmName} is ${NewStateValue}`,
    lines: [...(AlarmDescription ? [AlarmDescription] : []), NewStateReason],
  };
}

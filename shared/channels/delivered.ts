import * as z from 'zod/mini';
import { alarmNotice } from '../notices/alarm.ts';
import type { MonthPicture, Notice } from '../notices/notice.ts';
import type { CompiledStage } from '../stage/compiled.ts';

/** A batch of a channel's queue: signals, each of a thread. */
export const batch = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string(), eventSourceARN: z.string() })),
});

export type Batch = z.output<typeof batch>;

/** The messages that stay in the queue. */
export const kept = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

export type Kept = z.output<typeof kept>;

const lines = z.array(z.string());
const notice = z.object({
  ...{ id: z.string(), at: z.string(), stage: z.string(), workload: z.string() },
  severity: z.enum(['info', 'success', 'warning', 'critical']),
  ...{ title: z.string(), lines, did: z.optional(lines), todo: z.optional(lines) },
  execution: z.optional(z.string()),
  links: z.optional(z.array(z.object({ label: z.string(), url: z.string() }))),
  kind: z.optional(z.enum(['batch', 'environment', 'pipeline', 'service', 'queue'])),
  ...{ run: z.optional(z.string()), cause: z.optional(z.string()), resolves: z.optional(lines) },
  state: z.optional(z.enum(['open', 'resolved'])),
  approval: z.optional(
    z.object({ run: z.string(), rung: z.enum(['restart', 'reboot', 'stop-start', 'redeploy', 'replace']) }),
  ),
  everywhere: z.optional(z.boolean()),
  // Whoever draws it looks at what it is.
  picture: z.optional(z.custom<MonthPicture>()),
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
 * @throws SyntaxError, $ZodError when it is neither
 */
export function asNotice(body: string, stage: CompiledStage): Notice {
  const found = message.parse(JSON.parse(body));
  return 'AlarmName' in found ? alarmNotice(found, stage) : found;
}

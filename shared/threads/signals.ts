import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { env } from '../env.ts';

// The address of a queue names it; the way to SQS is the region's.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

/** That a channel should look at a thread; what it shows then is the thread as it is, not as it was. */
export const signal = z.object({
  workload: z.string(),
  thread: z.string(),
  /** Something is news, or was kept to be told now: it is told although what people see may look the same. */
  isDue: z.optional(z.boolean()),
  because: z.optional(
    z.object({
      id: z.string(),
      what: z.enum(['fallback', 'escalation', 'reminder']),
      channel: z.optional(z.string()),
      why: z.optional(z.string()),
    }),
  ),
});

export type Signal = z.output<typeof signal>;

/** The longest that SQS holds a message back. */
export const MAX_DELAY_SECONDS = 900;

/** Has a channel look at a thread. @param delaySeconds up to 900 */
export async function signalChannel(stage: string, channel: string, of: Signal, delaySeconds = 0): Promise<void> {
  // Named after their channels, beside the queue that all notices come through.
  const address = env('NOTICES_QUEUE').replace(/[^/]+$/, `lamplighter-${stage}-${channel}`);
  await send(address, of, delaySeconds);
}

/** Has `route-notices` look at a thread again. @param delaySeconds up to 900 */
export async function followLater(
  follow: { workload: string; thread: string; at: number },
  delaySeconds: number,
): Promise<void> {
  await send(env('NOTICES_QUEUE'), { follow }, delaySeconds);
}

async function send(QueueUrl: string, body: object, delaySeconds: number): Promise<void> {
  const DelaySeconds = Math.min(MAX_DELAY_SECONDS, Math.max(0, Math.ceil(delaySeconds)));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body), DelaySeconds }));
}

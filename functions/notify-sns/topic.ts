import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from '../../shared/env.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

/** Without an end of its own, one request that hangs would end the function, and with it what is known of the others. */
const sns = new SNSClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 4000, throwOnRequestTimeout: true },
});

/** The topic that the addresses of a channel are subscribed to: named after the channel, beside the topic of all notices. */
export function topicOf(channel: string, { stage }: CompiledStage): string {
  return env('NOTICES_TOPIC').replace(/[^:]+$/, `lamplighter-${stage}-${channel}`);
}

/** Sends a text to all addresses of a topic. */
export async function toTopic(
  TopicArn: string,
  { subject, text }: { subject?: string; text: string },
  client = sns,
): Promise<void> {
  await client.send(
    new PublishCommand({ TopicArn, Message: text, ...(subject !== undefined && { Subject: subject }) }),
  );
}

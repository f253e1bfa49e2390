import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from '../../shared/env.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

const sns = new SNSClient({});

/** The topic that the addresses of a channel are subscribed to: named after the channel, beside the topic of all notices. */
export function topicOf(channel: string, { stage }: CompiledStage): string {
  return env('NOTICES_TOPIC').replace(/[^:]+$/, `lamplighter-${stage}-${channel}`);
}

/** Sends a text to all addresses of a topic. */
export async function toTopic(TopicArn: string, { subject, text }: { subject?: string; text: string }): Promise<void> {
  await sns.send(new PublishCommand({ TopicArn, Message: text, ...(subject !== undefined && { Subject: subject }) }));
}

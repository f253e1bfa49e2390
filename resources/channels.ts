import type { Channel, CompiledStage } from '../shared/stage/compiled.ts';
import { lateAlarm } from './delivery-alarms.ts';
import { logicalId } from './logical-id.ts';

/** How often a channel is tried before its message goes to the dead letters: about a day. */
const MAX_RECEIVES = 1000;

/** The function of each kind of channel. */
const FUNCTIONS: Record<Channel['kind'], string> = {
  discord: 'NotifyDiscord',
  slack: 'NotifySlack',
  teams: 'NotifyTeams',
  webhook: 'NotifyWebhook',
  email: 'NotifySns',
  sms: 'NotifySns',
};

/** The queue of each channel with all that belongs to it, and the addresses that SNS sends to. */
export function channels({ stage, notify }: CompiledStage): Record<string, object> {
  return Object.assign(
    {},
    ...Object.entries(notify.channels).map(([name, channel]) => ({
      ...queueOf(name, channel.kind, stage),
      ...('to' in channel ? topicOf(name, channel, stage) : {}),
    })),
    watchers(notify),
  );
}

function queueOf(name: string, kind: Channel['kind'], stage: string): Record<string, object> {
  const id = logicalId(name);
  return {
    [`${id}Queue`]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: `lamplighter-${stage}-${name}`,
        MessageRetentionPeriod: 1209600,
        SqsManagedSseEnabled: true,
        VisibilityTimeout: 90,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': ['NoticesDeadLetters', 'Arn'] },
          maxReceiveCount: MAX_RECEIVES,
        },
      },
    },
    [`${id}LateAlarm`]: lateAlarm(name, `${id}Queue`),
    [`${id}Source`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': [`${id}Queue`, 'Arn'] },
        FunctionName: { 'Fn::GetAtt': [`${FUNCTIONS[kind]}LambdaFunction`, 'Arn'] },
        // Slack's takes one a second, within the time that its function has.
        BatchSize: kind === 'slack' ? 5 : 10,
        // A channel takes few messages a minute; more functions at once would only wait for each other.
        ScalingConfig: { MaximumConcurrency: 2 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  };
}

function topicOf(
  name: string,
  { kind, to }: Extract<Channel, { to: string[] }>,
  stage: string,
): Record<string, object> {
  const id = logicalId(name);
  return {
    [`${id}Topic`]: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `lamplighter-${stage}-${name}` } },
    ...Object.fromEntries(
      to.map((address, index) => [`${id}${index + 1}Subscription`, subscription(`${id}Topic`, kind, address)]),
    ),
  };
}

/** Who hears of alarms about the delivery itself by SNS alone: every address that critical notices go to. */
function watchers({ channels, routes }: CompiledStage['notify']): Record<string, object> {
  const critical = new Set(routes.flatMap(({ severity, to }) => (severity.includes('critical') ? to : [])));
  return Object.fromEntries(
    Object.entries(channels).flatMap(([name, channel]) =>
      'to' in channel && critical.has(name)
        ? channel.to.map((address, index) => [
            `${logicalId(name)}${index + 1}Watch`,
            subscription('WatchTopic', channel.kind, address),
          ])
        : [],
    ),
  );
}

function subscription(topic: string, protocol: string, endpoint: string): object {
  return {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: topic }, Protocol: protocol, Endpoint: endpoint },
  };
}

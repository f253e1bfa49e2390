import type { PostedKind, Severity } from '../shared/stage/compiled.ts';
import type { Estate } from './estate.ts';
import { logicalId } from './schedules.ts';

/** How often a channel is tried before its message goes to the dead letters: about a day. */
const MAX_RECEIVES = 1000;

/** The subscriptions of each channel to the topic, filtered by the routes, and a queue for each webhook. */
export function channels(estate: Estate): Record<string, object> {
  return Object.assign(
    {},
    ...Object.entries(estate.notify.channels).map(([name, channel]) => {
      const severities = severitiesFor(name, estate);
      if (severities.length === 0) return {};
      if (channel.kind !== 'email' && channel.kind !== 'sms')
        return queueOf(name, channel.kind, severities, estate.stage);
      return Object.fromEntries(
        channel.to.map((address, index) => [
          `${logicalId(name)}${index + 1}Subscription`,
          subscription(channel.kind, address, severities),
        ]),
      );
    }),
  );
}

function severitiesFor(channel: string, { notify }: Estate): Severity[] {
  return [...new Set(notify.routes.flatMap((route) => (route.to.includes(channel) ? route.severity : [])))];
}

function subscription(protocol: string, endpoint: unknown, severities: Severity[], more: object = {}): object {
  return {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'NoticesTopic' },
      Protocol: protocol,
      Endpoint: endpoint,
      // What carries no severity is an alarm of CloudWatch itself: everybody who hears critical hears it.
      FilterPolicy: { severity: severities.includes('critical') ? [...severities, { exists: false }] : severities },
      ...more,
    },
  };
}

function queueOf(name: string, kind: PostedKind, severities: Severity[], stage: string): Record<string, object> {
  const id = logicalId(name);
  const arn = { 'Fn::GetAtt': [`${id}Queue`, 'Arn'] };
  return {
    [`${id}Queue`]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: `lamplighter-${stage}-${name}`,
        MessageRetentionPeriod: 1209600,
        SqsManagedSseEnabled: true,
        VisibilityTimeout: 90,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': [`${id}DeadLetters`, 'Arn'] },
          maxReceiveCount: MAX_RECEIVES,
        },
      },
    },
    [`${id}DeadLetters`]: {
      Type: 'AWS::SQS::Queue',
      Properties: { MessageRetentionPeriod: 1209600, SqsManagedSseEnabled: true },
    },
    [`${id}DeadLettersAlarm`]: deadLettersAlarm(name, id),
    [`${id}QueuePolicy`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: `${id}Queue` }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: arn,
              Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'NoticesTopic' } } },
            },
          ],
        },
      },
    },
    [`${id}Subscription`]: subscription('sqs', arn, severities, { RawMessageDelivery: true }),
    [`${id}Source`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: arn,
        FunctionName: { 'Fn::GetAtt': [`Notify${logicalId(kind)}LambdaFunction`, 'Arn'] },
        // Slack's takes one a second, within the time that its function has.
        BatchSize: kind === 'slack' ? 5 : 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  };
}

/** Heard by whoever listens on another channel; this one has just failed for a day. */
function deadLettersAlarm(name: string, id: string): object {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: `Notices of Lamplighter could not be delivered to ${name} for a day. They are kept in its dead-letter queue for 14 days.`,
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [`${id}DeadLetters`, 'QueueName'] } }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'NoticesTopic' }],
    },
  };
}

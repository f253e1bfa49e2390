import { describe, expect, test } from '@jest/globals';
import { channels } from '../../resources/channels.ts';
import type { Channel, Route } from '../../shared/stage/compiled.ts';
import { aNotify, aStage } from '../shared/builders.ts';

type Resource = { Type: string; Properties: Record<string, unknown> };

const chat: Channel = { kind: 'discord', webhook: 'ssm:/lamplighter/dev/chat' };
const mail: Channel = { kind: 'email', to: ['one@example.com', 'two@example.com'] };
const CRITICAL: Route[] = [{ severity: ['critical'], to: ['mail'] }];

function channelsOf(found: Record<string, Channel>, routes: Route[] = []): Record<string, Resource> {
  return channels(aStage({ notify: aNotify({ channels: found, routes }) })) as Record<string, Resource>;
}

const typesOf = (resources: Record<string, Resource>) =>
  Object.fromEntries(Object.entries(resources).map(([id, { Type }]) => [id, Type]));

describe('channels', () => {
  test('a Discord channel - a queue, an alarm on its age, and the function that reads it', () => {
    const found = channelsOf({ 'on-call': chat });
    expect(typesOf(found)).toEqual({
      OnCallQueue: 'AWS::SQS::Queue',
      OnCallLateAlarm: 'AWS::CloudWatch::Alarm',
      OnCallSource: 'AWS::Lambda::EventSourceMapping',
    });
    expect(found['OnCallSource']?.Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  test('its queue - has the name by which its function finds the channel, and outlasts one attempt', () => {
    const found = channelsOf({ 'on-call': chat });
    expect(found['OnCallQueue']?.Properties).toMatchObject({
      QueueName: 'lamplighter-dev-on-call',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['NoticesDeadLetters', 'Arn'] } },
    });
    // AWS wants six times the function's timeout at best and refuses less than once; an attempt is over after a minute.
    expect(found['OnCallQueue']?.Properties['VisibilityTimeout']).toBeGreaterThan(60);
  });

  test('alarms about the delivery - go to the topic of all notices, and to the one that needs none of our functions', () => {
    const found = channelsOf({ chat });
    expect(found['ChatLateAlarm']?.Properties['AlarmActions']).toEqual([
      { Ref: 'NoticesTopic' },
      { Ref: 'WatchTopic' },
    ]);
    expect(found['ChatLateAlarm']?.Properties).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Value: { 'Fn::GetAtt': ['ChatQueue', 'QueueName'] } }],
    });
  });

  test('an e-mail channel - a queue like the others, and a topic with a subscription for each address', () => {
    const found = channelsOf({ mail });
    expect(typesOf(found)).toMatchObject({ MailQueue: 'AWS::SQS::Queue', MailTopic: 'AWS::SNS::Topic' });
    expect(found['MailTopic']?.Properties['TopicName']).toBe('lamplighter-dev-mail');
    expect([found['Mail1Subscription'], found['Mail2Subscription']].map((one) => one?.Properties)).toEqual([
      { TopicArn: { Ref: 'MailTopic' }, Protocol: 'email', Endpoint: 'one@example.com' },
      { TopicArn: { Ref: 'MailTopic' }, Protocol: 'email', Endpoint: 'two@example.com' },
    ]);
  });

  test('addresses that hear what is critical - hear of the delivery’s own alarms from SNS alone; others do not', () => {
    const phone: Channel = { kind: 'sms', to: ['+821012345678'] };
    const found = channelsOf({ chat, mail, phone }, CRITICAL);
    expect(found['Mail1Watch']?.Properties).toEqual({
      ...{ TopicArn: { Ref: 'WatchTopic' }, Protocol: 'email', Endpoint: 'one@example.com' },
    });
    expect(Object.keys(found)).toContain('Mail2Watch');
    expect(Object.keys(found)).not.toContain('Phone1Watch');
  });

  test.each([
    ['discord', 'NotifyDiscordLambdaFunction', 10],
    ['slack', 'NotifySlackLambdaFunction', 5],
    ['teams', 'NotifyTeamsLambdaFunction', 10],
  ] as const)('a channel of %s - its queue is read by %s, %d at a time', (kind, name, size) => {
    const found = channelsOf({ chat: { kind, webhook: 'ssm:/lamplighter/dev/chat' } });
    expect(found['ChatSource']?.Properties).toMatchObject({
      FunctionName: { 'Fn::GetAtt': [name, 'Arn'] },
      BatchSize: size,
    });
  });

  test('the template - has no webhook and no reference to one', () => {
    expect(JSON.stringify(channelsOf({ chat }))).not.toContain('/lamplighter/dev');
  });
});

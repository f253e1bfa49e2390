import { describe, expect, test } from '@jest/globals';
import { channels } from '../../resources/channels.ts';
import type { Estate } from '../../resources/estate.ts';
import type { Channel, Route } from '../../shared/stage/compiled.ts';
import { aStage } from '../shared/builders.ts';

type Resource = { Type: string; Properties: Record<string, unknown> };

const chat: Channel = { kind: 'discord', webhook: 'ssm:/lamplighter/dev/chat' };
const mail: Channel = { kind: 'email', to: ['one@example.com', 'two@example.com'] };

function channelsOf(found: Record<string, Channel>, routes: Route[]): Record<string, Resource> {
  return channels(aStage({ notify: { channels: found, routes } }) as Estate) as Record<string, Resource>;
}

const filterOf = (resources: Record<string, Resource>, id: string) => resources[id]?.Properties['FilterPolicy'];

describe('channels', () => {
  test('a Discord channel - a queue with dead letters, a subscription, and the function that reads it', () => {
    const found = channelsOf({ 'on-call': chat }, [{ severity: ['info'], to: ['on-call'] }]);
    expect(Object.fromEntries(Object.entries(found).map(([id, { Type }]) => [id, Type]))).toEqual({
      OnCallQueue: 'AWS::SQS::Queue',
      OnCallDeadLetters: 'AWS::SQS::Queue',
      OnCallDeadLettersAlarm: 'AWS::CloudWatch::Alarm',
      OnCallQueuePolicy: 'AWS::SQS::QueuePolicy',
      OnCallSubscription: 'AWS::SNS::Subscription',
      OnCallSource: 'AWS::Lambda::EventSourceMapping',
    });
    expect(found['OnCallSubscription']?.Properties).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    expect(found['OnCallSource']?.Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  test('its queue - has the name by which notify-discord finds the channel, and outlasts one attempt', () => {
    const found = channelsOf({ 'on-call': chat }, [{ severity: ['info'], to: ['on-call'] }]);
    expect(found['OnCallQueue']?.Properties).toMatchObject({
      QueueName: 'lamplighter-dev-on-call',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['OnCallDeadLetters', 'Arn'] } },
    });
    // AWS wants six times the function's timeout at best and refuses less than once; `once` waits for a minute.
    expect(found['OnCallQueue']?.Properties['VisibilityTimeout']).toBeGreaterThan(60);
  });

  test('the queue’s policy - only this topic may send', () => {
    const found = channelsOf({ chat }, [{ severity: ['info'], to: ['chat'] }]);
    expect(JSON.stringify(found['ChatQueuePolicy'])).toContain('"ArnEquals":{"aws:SourceArn":{"Ref":"NoticesTopic"}}');
  });

  test('an e-mail channel - a subscription for each address, and nothing else', () => {
    const found = channelsOf({ mail }, [{ severity: ['critical'], to: ['mail'] }]);
    expect(
      Object.values(found).map(({ Type, Properties }) => [Type, Properties['Protocol'], Properties['Endpoint']]),
    ).toEqual([
      ['AWS::SNS::Subscription', 'email', 'one@example.com'],
      ['AWS::SNS::Subscription', 'email', 'two@example.com'],
    ]);
  });

  test.each([
    ['discord', 'NotifyDiscordLambdaFunction', 10],
    ['slack', 'NotifySlackLambdaFunction', 5],
    ['teams', 'NotifyTeamsLambdaFunction', 10],
  ] as const)('a channel of %s - its queue is read by %s, %d at a time', (kind, name, size) => {
    const found = channelsOf({ chat: { kind, webhook: 'ssm:/lamplighter/dev/chat' } }, [
      { severity: ['info'], to: ['chat'] },
    ]);
    expect(Object.keys(found)).toContain('ChatDeadLettersAlarm');
    expect(found['ChatSource']?.Properties).toMatchObject({
      FunctionName: { 'Fn::GetAtt': [name, 'Arn'] },
      BatchSize: size,
    });
  });

  test('a channel of SMS - a subscription for each number', () => {
    const found = channelsOf({ phone: { kind: 'sms', to: ['+821012345678', '+12025550123'] } }, [
      { severity: ['critical'], to: ['phone'] },
    ]);
    expect(Object.values(found).map(({ Properties }) => [Properties['Protocol'], Properties['Endpoint']])).toEqual([
      ['sms', '+821012345678'],
      ['sms', '+12025550123'],
    ]);
  });

  test('two routes - each channel hears exactly what is sent to it', () => {
    const found = channelsOf({ chat, mail }, [
      { severity: ['info', 'success'], to: ['chat'] },
      { severity: ['warning'], to: ['chat', 'mail'] },
      { severity: ['info'], to: ['chat'] },
    ]);
    expect(filterOf(found, 'ChatSubscription')).toEqual({ severity: ['info', 'success', 'warning'] });
    expect(filterOf(found, 'Mail2Subscription')).toEqual({ severity: ['warning'] });
  });

  test('who hears critical - hears the alarms of CloudWatch too, which carry no severity', () => {
    const found = channelsOf({ chat, mail }, [
      { severity: ['info'], to: ['chat'] },
      { severity: ['critical'], to: ['mail'] },
    ]);
    expect(filterOf(found, 'Mail1Subscription')).toEqual({ severity: ['critical', { exists: false }] });
    expect(filterOf(found, 'ChatSubscription')).toEqual({ severity: ['info'] });
  });

  test('a channel that no route leads to - nothing is made', () => {
    expect(channelsOf({ chat, mail }, [])).toEqual({});
    expect(Object.keys(channelsOf({ chat, mail }, [{ severity: ['info'], to: ['mail'] }]))).toEqual([
      'Mail1Subscription',
      'Mail2Subscription',
    ]);
  });

  test('the template - has no webhook and no reference to one', () => {
    expect(JSON.stringify(channelsOf({ chat }, [{ severity: ['info'], to: ['chat'] }]))).not.toContain(
      '/lamplighter/dev',
    );
  });
});

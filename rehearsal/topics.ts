import type { CloudWatch } from './aws/cloudwatch.ts';
import type { Sns, Subscription } from './aws/sns.ts';
import { resourceAllows } from './iam.ts';
import { ACCOUNT, type Template } from './template.ts';
import type { World } from './world.ts';

type Policy = Parameters<typeof resourceAllows>[0];

interface AlarmProperties {
  AlarmDescription?: string;
  AlarmActions?: string[];
  OKActions?: string[];
  InsufficientDataActions?: string[];
}

/** Makes the topics of the template with their subscriptions, and the alarms that publish to them. */
export function deployTopics(template: Template, sns: Sns, cloudwatch: CloudWatch): void {
  for (const { id } of template.of('AWS::SNS::Topic')) sns.topics.add(template.arn(id));
  for (const { properties } of template.of('AWS::SNS::Subscription'))
    sns.subscriptions.push({
      topic: String(properties['TopicArn']),
      protocol: String(properties['Protocol']),
      endpoint: String(properties['Endpoint']),
      filter: properties['FilterPolicy'] as Subscription['filter'],
      isRaw: String(properties['RawMessageDelivery']) === 'true',
    });
  for (const { id, properties } of template.of('AWS::CloudWatch::Alarm')) {
    const { AlarmDescription, AlarmActions, OKActions, InsufficientDataActions } = properties as AlarmProperties;
    const actions = {
      ALARM: AlarmActions ?? [],
      OK: OKActions ?? [],
      INSUFFICIENT_DATA: InsufficientDataActions ?? [],
    };
    cloudwatch.alarms.push({ id, name: template.name(id), description: AlarmDescription, actions });
  }
}

/** Whether the policy of a queue lets SNS put the messages of a topic into it. */
export function mayEnqueue(world: World, template: Template): (queue: string, topic: string) => boolean {
  const policies = policiesOf(template, 'AWS::SQS::QueuePolicy').map(({ document }) => document);
  return (queue, topic) => {
    const need = { action: 'sqs:SendMessage', resource: queue, context: { 'aws:SourceArn': topic } };
    const isAllowed = policies.some((policy) => resourceAllows(policy, 'sns.amazonaws.com', need));
    if (!isAllowed) world.journal.write({ what: 'denied', text: `${topic} may not sqs:SendMessage on ${queue}` });
    return isAllowed;
  };
}

/** Whether the policy of a topic lets CloudWatch publish to it; without one, AWS's own lets it. */
export function mayAlarm(world: World, template: Template): (topic: string) => boolean {
  const policies = policiesOf(template, 'AWS::SNS::TopicPolicy');
  return (topic) => {
    const of = policies.filter(({ topics }) => topics.includes(topic));
    const need = { action: 'sns:Publish', resource: topic, context: { 'aws:SourceAccount': ACCOUNT } };
    const isAllowed =
      of.length === 0 || of.some(({ document }) => resourceAllows(document, 'cloudwatch.amazonaws.com', need));
    if (!isAllowed)
      world.journal.write({ what: 'denied', text: `cloudwatch.amazonaws.com may not sns:Publish on ${topic}` });
    return isAllowed;
  };
}

function policiesOf(template: Template, type: string): { document: Policy; topics: string[] }[] {
  return template.of(type).map(({ properties }) => ({
    document: properties['PolicyDocument'] as Policy,
    topics: (properties['Topics'] ?? []) as string[],
  }));
}

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadEstate } from '../../resources/estate.ts';

const folder = mkdtempSync(join(tmpdir(), 'lamplighter-estate-'));
const HEADER = `region: ap-northeast-2
timezone: Asia/Seoul
notify:
  channels:
    discord: { kind: discord, webhook: "ssm:/lamplighter/test/discord" }
  routes: [{ severity: [critical], to: [discord] }]
workloads:
`;

function estateOf(workloads: string, header = '') {
  const file = join(folder, 'stage.yml');
  writeFileSync(file, header + HEADER + workloads);
  return loadEstate('test', file, new Date('2026-11-01'));
}

const sub = (text: string) => ({ 'Fn::Sub': text });
const arn = (service: string, resource: string) =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

const CHAT = `  chat:
    kind: environment
    stack: { name: ChatStack, template: s3://example-templates/chat/master.yml, role: chat-role }
    images: { repository: team/chat, parameters: [Tag] }
    hours: { days: weekdays, from: "09:00", to: "18:00" }
`;

describe('loadEstate', () => {
  test('what an emergency stop cuts off - runs of batches and of pipelines, and environments on their way up', () => {
    expect(loadEstate('dev', 'examples/daily-batch.yml').emergencyMachines).toEqual([
      { Ref: 'RunBatch' },
      { Ref: 'StartEnvironment' },
      ...['collection', 'indicators'].map((name) => arn('states', `stateMachine:lamplighter-dev-${name}`)),
    ]);
  });

  test('an environment - the stack, what is nested in it, its role, its template, its images, and nothing else', () => {
    expect(estateOf(CHAT)).toMatchObject({
      stackArns: [arn('cloudformation', 'stack/ChatStack/*')],
      stackReadArns: [arn('cloudformation', 'stack/ChatStack/*'), arn('cloudformation', 'stack/ChatStack-*/*')],
      stackRoleArns: [sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/chat-role')],
      templateArns: [sub('arn:${AWS::Partition}:s3:::example-templates/chat/master.yml')],
      imageRepositoryArns: [arn('ecr', 'repository/team/chat')],
      instanceArns: [],
      bootInstanceArns: [],
      commandArns: [],
      handoverArns: [],
    });
  });

  test('recoveries - each step on what the stage file names for it, and nothing else', () => {
    const service = (name: string, more: string) => `  ${name}:
    kind: service
    checks: [{ url: "https://${name}.example.com" }]
    ${more}
`;
    const found = estateOf(
      [
        service('web', 'target: { ec2: i-0123456789abcdef0 }\n    recover: { restart: { by: pm2, name: web } }'),
        service('mild', 'target: { ec2: i-0fedcba9876543210 }\n    recover: { rungs: [reboot] }'),
        service('watched', 'target: { ec2: i-0aaaaaaaaaaaaaaa1 }'),
        service('tasks', 'target: { ecs: { cluster: app, service: web } }\n    recover: {}'),
        service('fleet', 'target: { group: fleet }\n    recover: {}'),
      ].join(''),
      'control: https://www.example.org\n',
    );
    const [web, mild] = ['i-0123456789abcdef0', 'i-0fedcba9876543210'].map((id) => arn('ec2', `instance/${id}`));
    expect(found).toMatchObject({
      restartArns: [web, arn('ssm', 'document/lamplighter-test-recover')],
      rebootArns: [web, mild],
      stopStartArns: [web],
      startableArns: [web],
      ecsServiceArns: [arn('ecs', 'service/app/web')],
      groupArns: [arn('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/fleet')],
    });
  });

  test('channels - the function of each kind has its own queues, secrets, topics and fallbacks, and no other', () => {
    const file = join(folder, 'channels.yml');
    const more = `    team: { kind: slack, webhook: "ssm:/lamplighter/test/team", fallback: mail }
    open: { kind: webhook, url: "https://example.com", secret: "ssm:/lamplighter/test/key", fallback: team }
    hidden: { kind: webhook, url: "ssm:/lamplighter/test/address", secret: "ssm:/lamplighter/test/key" }
    mail: { kind: email, to: [ops@example.com] }
  heartbeat: { url: "ssm:/lamplighter/test/heartbeat" }
  routes:`;
    writeFileSync(file, HEADER.replace('  routes:', more) + CHAT);
    const parameter = (name: string) => arn('ssm', `parameter/lamplighter/test/${name}`);
    const queue = (name: string) => arn('sqs', `lamplighter-test-${name}`);
    const none = { queues: [], secrets: [], topics: [], fallbacks: [] };
    const { channelArns, heartbeatSecretArns } = loadEstate('test', file, new Date('2026-11-01'));
    expect(channelArns).toEqual({
      discord: { ...none, queues: [queue('discord')], secrets: [parameter('discord')] },
      slack: { ...none, queues: [queue('team')], secrets: [parameter('team')], fallbacks: [queue('mail')] },
      teams: none,
      webhook: {
        ...none,
        queues: [queue('open'), queue('hidden')],
        secrets: [parameter('key'), parameter('address')],
        fallbacks: [queue('team')],
      },
      sns: { ...none, queues: [queue('mail')], topics: [arn('sns', 'lamplighter-test-mail')] },
      all: expect.objectContaining({ queues: ['discord', 'team', 'open', 'hidden', 'mail'].map(queue) }),
    });
    expect(heartbeatSecretArns).toEqual([parameter('heartbeat')]);
  });

  test('a role by its ARN, and a template by its address - as given', () => {
    const role = 'arn:aws:iam::123456789012:role/lamplighter/chat';
    const text = CHAT.replace('chat-role', `"${role}"`).replace(
      's3://example-templates/chat/master.yml',
      'https://s3.amazonaws.com/example-templates/m.yml',
    );
    expect(estateOf(text)).toMatchObject({
      stackRoleArns: [role],
      templateArns: [sub('arn:${AWS::Partition}:s3:::example-templates/m.yml')],
    });
  });

  test('two environments that share all but the stack - each ARN once', () => {
    const two = estateOf(CHAT + CHAT.replace('chat:', 'shop:').replace('ChatStack', 'ShopStack'));
    expect(two.stackArns).toHaveLength(2);
    expect([two.stackRoleArns, two.templateArns, two.imageRepositoryArns].map(({ length }) => length)).toEqual([
      1, 1, 1,
    ]);
  });

  test('a batch - its instance and its command; no stack', () => {
    const batch = `  nightly:
    kind: batch
    instance: { id: i-0123456789abcdef0 }
    at: ["02:00"]
    run: { by: ssm, command: ./run }
`;
    expect(estateOf(batch)).toMatchObject({
      instanceArns: [arn('ec2', 'instance/i-0123456789abcdef0')],
      commandArns: [{}, sub('arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript')],
      bootInstanceArns: [],
      handoverArns: [],
      stackArns: [],
      stackReadArns: [],
      stackRoleArns: [],
      templateArns: [],
      imageRepositoryArns: [],
    });
    expect(estateOf(batch.replace('by: ssm', 'by: boot'))).toMatchObject({
      commandArns: [],
      bootInstanceArns: [arn('ec2', 'instance/i-0123456789abcdef0')],
      handoverArns: [arn('ssm', 'parameter/lamplighter/test/nightly/job')],
    });
  });
});

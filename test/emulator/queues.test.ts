import {
  ApplicationAutoScalingClient,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  type PutScalingPolicyCommandInput,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import * as ec2 from '@aws-sdk/client-ec2';
import { CreateClusterCommand, CreateServiceCommand, DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadEstate } from '../../resources/estate.ts';
import { queues } from '../../resources/queues.ts';
import { alarmNames, putAlarm } from './alarms.ts';
import { emulatorsFolder, INSTALL } from './emulators.ts';
import { type Moto, startMoto } from './moto.ts';

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

const folder = emulatorsFolder();
if (!folder && process.env['CI']) throw new Error(`no emulators: ${INSTALL}`);

/** What moto's CloudFormation does not make: the same properties go to the API itself. */
const [TARGETS, POLICIES, ALARMS] = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::CloudWatch::Alarm',
];
const NOT_MADE = [TARGETS, POLICIES, ALARMS];
const TARGET = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

let moto: Moto;
beforeAll(async () => {
  if (folder) moto = await startMoto(folder);
});
afterAll(() => moto?.stop());

/** What is there already: a VPC by other ids than the stage file's, and for the second stage a cluster with its services. */
async function account(text: string): Promise<string> {
  const client = new ec2.EC2Client(moto.where);
  const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await client.send(new ec2.CreateSubnetCommand({ VpcId, CidrBlock: '10.0.2.0/24' }));
  const group = { GroupName: 'redis', Description: 'Redis', VpcId };
  const { GroupId } = await client.send(new ec2.CreateSecurityGroupCommand(group));
  return text
    .replaceAll(/vpc-0\w{16}/g, VpcId)
    .replaceAll(/subnet-0\w{16}/g, Subnet?.SubnetId ?? '')
    .replaceAll(/sg-0\w{16}/g, GroupId ?? '');
}

async function workersOfOthers(): Promise<void> {
  const ecs = new ECSClient(moto.where);
  await ecs.send(new CreateClusterCommand({ clusterName: 'app' }));
  for (const serviceName of ['thumbnails', 'reports'])
    await ecs.send(new CreateServiceCommand({ cluster: 'app', serviceName, desiredCount: 0 }));
}

function resourcesOf(file: string): Resources {
  const all = Object.entries(queues(loadEstate('dev', file).compiled) as Resources);
  // What tends queues is a function's; moto 5.2.5 finds no alarm by its ARN, which the dashboard shows.
  const own = all.filter(([id]) => !/^TendQueues|Dashboard$/.test(id));
  return { ...Object.fromEntries(own), NoticesTopic: { Type: 'AWS::SNS::Topic', Properties: {} } };
}

/** Makes a stack. @returns what of it is there */
async function deploy(name: string, Resources: Resources): Promise<string[]> {
  const cloudformation = new CloudFormationClient(moto.where);
  const TemplateBody = await account(JSON.stringify({ Resources }));
  await cloudformation.send(new CreateStackCommand({ StackName: name, TemplateBody }));
  const { StackResources } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName: name }));
  return (StackResources ?? []).map(({ LogicalResourceId = '' }) => LogicalResourceId);
}

function ofType(resources: Resources, type: string) {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

/** Registers the targets, puts the policies and the alarms of a stage. @returns the policies as they are there */
async function scale(resources: Resources) {
  const client = new ApplicationAutoScalingClient(moto.where);
  const targets = new Map(ofType(resources, TARGETS).map(([id, { Properties }]) => [id, Properties]));
  for (const properties of targets.values())
    await client.send(new RegisterScalableTargetCommand(properties as unknown as RegisterScalableTargetCommandInput));
  for (const [, { Properties }] of ofType(resources, POLICIES)) {
    const { ScalingTargetId, ...policy } = Properties;
    const { ResourceId } = targets.get((ScalingTargetId as { Ref: string }).Ref) ?? {};
    await client.send(
      new PutScalingPolicyCommand({ ...policy, ...TARGET, ResourceId } as PutScalingPolicyCommandInput),
    );
  }
  for (const [, { Properties }] of ofType(resources, ALARMS)) await putAlarm(moto, Properties);
  const { ScalingPolicies } = await client.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }));
  return ScalingPolicies ?? [];
}

(folder ? describe : describe.skip)('the resources of queues, in moto', () => {
  test('the example - the cluster, the service and all else is made; its workers are scaled from none to fifty', async () => {
    const resources = resourcesOf('examples/hybrid-queue-scaling.yml');
    const made = await deploy('hybrid', resources);
    expect(
      Object.keys(resources).filter((id) => !made.includes(id) && !NOT_MADE.includes(resources[id]?.Type ?? '')),
    ).toEqual([]);
    const services = { cluster: 'crawler-workers', services: ['crawler-worker'] };
    const { services: found } = await new ECSClient(moto.where).send(new DescribeServicesCommand(services));
    expect(found).toMatchObject([{ serviceName: 'crawler-worker', status: 'ACTIVE' }]);
    expect((await scale(resources)).map(({ PolicyName, ResourceId }) => [PolicyName, ResourceId])).toEqual([
      ['lamplighter-dev-crawl-wanted', 'service/crawler-workers/crawler-worker'],
      ['lamplighter-dev-crawl-none', 'service/crawler-workers/crawler-worker'],
    ]);
    const alarms = ofType(resources, ALARMS).map(([, { Properties }]) => Properties['AlarmName']);
    expect(alarms).toHaveLength(8);
    expect(await alarmNames(moto)).toEqual(expect.arrayContaining(alarms));
  });

  test('workers that are there, by rules and by a target - every policy is taken', async () => {
    await workersOfOthers();
    const resources = resourcesOf('test/fixtures/queues.yml');
    await deploy('queues', resources);
    const names = (await scale(resources)).map(({ PolicyName = '' }) => PolicyName);
    expect(names.filter((name) => !name.includes('crawl')).toSorted()).toEqual([
      'lamplighter-dev-mails-none',
      'lamplighter-dev-mails-wanted',
      'lamplighter-dev-reports-empty',
      'lamplighter-dev-reports-target',
      'lamplighter-dev-reports-under-target',
      'lamplighter-dev-thumbnails-empty',
      'lamplighter-dev-thumbnails-over-20',
      'lamplighter-dev-thumbnails-over-200',
      'lamplighter-dev-thumbnails-under-10',
    ]);
  });
});

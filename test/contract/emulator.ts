import { readFileSync } from 'node:fs';
import * as scaling from '@aws-sdk/client-application-auto-scaling';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { eventually } from '../shared/eventually.ts';
import type { Answer, Aws } from './clauses.ts';
import { ASKING, IMAGES, MACHINE, TABLE, TEMPLATE_URL, TEMPLATES } from './fixtures.ts';
import { autoScaling, ecs } from './raw.ts';

const REGION = 'eu-central-1';
const ROLE = 'arn:aws:iam::000000000000:role/contract';

interface Client {
  send(command: object): Promise<Answer>;
}

/** An emulator over the wire, through the SDK, with what the clauses need. */
export async function emulator(endpoint: string, ssmEndpoint: string): Promise<Aws> {
  const where = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const services: Record<string, [unknown, object]> = {
    cloudformation: [new cloudformation.CloudFormationClient(where), cloudformation],
    ecr: [new ecr.ECRClient(where), ecr],
    dynamodb: [new dynamodb.DynamoDBClient(where), dynamodb],
    ec2: [new ec2.EC2Client(where), ec2],
    scheduler: [new scheduler.SchedulerClient(where), scheduler],
    sfn: [new sfn.SFNClient(where), sfn],
    sns: [new sns.SNSClient(where), sns],
    sqs: [new sqs.SQSClient(where), sqs],
    // ministack has none.
    'application auto scaling': [
      new scaling.ApplicationAutoScalingClient({ ...where, endpoint: ssmEndpoint }),
      scaling,
    ],
    ssm: [new ssm.SSMClient({ ...where, endpoint: ssmEndpoint }), ssm],
  };
  const call = async (service: string, operation: string, input: object): Promise<Answer> => {
    if (service === 'ecs') return ecs(ssmEndpoint, operation, input);
    if (service === 'autoscaling') return autoScaling(ssmEndpoint, operation, input);
    const [client, commands] = services[service] ?? [];
    const Command = (commands as Record<string, new (input: object) => object>)[`${operation}Command`];
    if (!Command) throw new Error(`no ${service}.${operation}`);
    return (client as Client).send(new Command(input));
  };
  const until: Aws['until'] = async (what, check) => {
    await eventually(what, check, { seconds: 80, everyMs: 200 });
  };
  const launch = async () => {
    const { Instances } = await call('ec2', 'RunInstances', {
      ImageId: 'ami-12345678',
      MinCount: 1,
      MaxCount: 1,
      InstanceType: 't3.micro',
    });
    return String(Instances[0].InstanceId);
  };
  const is = (id: string, wanted: string) => async () => {
    const { Reservations } = await call('ec2', 'DescribeInstances', { InstanceIds: [id] });
    return Reservations[0].Instances[0].State.Name === wanted;
  };
  const [stopped, terminated] = [await launch(), await launch()];
  await call('ec2', 'StopInstances', { InstanceIds: [stopped] });
  await call('ec2', 'TerminateInstances', { InstanceIds: [terminated] });
  await until('stopped', is(stopped, 'stopped'));
  await until('terminated', is(terminated, 'terminated'));
  await call('dynamodb', 'CreateTable', TABLE);
  const { TopicArn } = await call('sns', 'CreateTopic', { Name: 'contract' });
  const machine = async (name: string, definition: string): Promise<string> =>
    (await call('sfn', 'CreateStateMachine', { name, definition, roleArn: ROLE })).stateMachineArn;
  await call('ecr', 'CreateRepository', { repositoryName: 'contract' });
  for (const imageTag of IMAGES)
    await call('ecr', 'PutImage', {
      repositoryName: 'contract',
      imageTag,
      imageManifest: JSON.stringify({ imageTag }),
    });
  const { QueueUrl } = await call('sqs', 'CreateQueue', { QueueName: 'contract' });
  await upload(endpoint);
  await serve(call);
  return {
    ...{ call, until, stopped, terminated, table: 'contract', topic: TopicArn, role: ROLE },
    ...{ machine: await machine('contract', MACHINE), asking: await machine('contract-asking', ASKING) },
    ...{ templateUrl: TEMPLATE_URL, repository: 'contract', queue: QueueUrl },
  };
}

/** A service of ECS with two tasks, and a group of two instances. */
async function serve(call: Aws['call']): Promise<void> {
  await call('ecs', 'CreateCluster', { clusterName: 'contract' });
  const containerDefinitions = [{ name: 'contract', image: 'contract', memory: 128 }];
  await call('ecs', 'RegisterTaskDefinition', { family: 'contract', containerDefinitions });
  const service = { cluster: 'contract', serviceName: 'contract', taskDefinition: 'contract', desiredCount: 2 };
  await call('ecs', 'CreateService', service);
  const workers = 'contract-workers';
  await call('ecs', 'CreateCluster', { clusterName: workers });
  await call('ecs', 'CreateService', { ...service, cluster: workers, serviceName: workers, desiredCount: 1 });
  const LaunchConfigurationName = 'contract';
  const launched = { LaunchConfigurationName, ImageId: 'ami-12c6146b', InstanceType: 't3.micro' };
  await call('autoscaling', 'CreateLaunchConfiguration', launched);
  await call('autoscaling', 'CreateAutoScalingGroup', {
    ...{ AutoScalingGroupName: 'contract', LaunchConfigurationName, MinSize: 2, MaxSize: 4, DesiredCapacity: 2 },
    AvailabilityZones: ['eu-central-1a', 'eu-central-1b'],
  });
}

/** Puts the templates into S3; an emulator that does not ask for signatures takes them plainly. */
async function upload(endpoint: string): Promise<void> {
  const put = async (path: string, body: string) => {
    const { ok, status } = await fetch(`${endpoint}/contract${path}`, { method: 'PUT', body });
    if (!ok) throw new Error(`S3 answered ${status} to PUT ${path}`);
  };
  await put('', '');
  for (const name of TEMPLATES)
    await put(`/${name}`, readFileSync(new URL(`templates/${name}`, import.meta.url), 'utf8'));
}

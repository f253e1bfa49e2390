import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DescribeStateMachineCommand, SFNClient, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import trust from '../../resources/trust.json' with { type: 'json' };
import { eventually } from './eventually.ts';

/**
 * What the machines call themselves and ministack 1.5.33 cannot: `scheduler` and `cloudformation` are none of its SDK
 * integrations, and its Run Command wants a Docker container behind the instance, so those calls go where the
 * functions' go, to moto.
 */
const STOOD_IN_FOR = [
  ...['cloudformation:createStack', 'cloudformation:deleteStack', 'cloudformation:updateStack'],
  'cloudformation:describeStacks',
  ...['scheduler:createSchedule', 'scheduler:deleteSchedule', 'ssm:sendCommand', 'ssm:cancelCommand'],
];

const ALLOWED = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        ...['cloudformation:CreateStack', 'cloudformation:DeleteStack', 'cloudformation:UpdateStack'],
        'cloudformation:DescribeStacks',
        ...['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'iam:PassRole', 's3:GetObject'],
      ],
      Resource: '*',
    },
  ],
};

const SDK = 'arn:aws:states:::aws-sdk:';

interface Where {
  endpoint: string;
  region: string;
  topicArn: string;
}

/** Beside the service: a queue that hears all notices, as a person's own subscription would, and the stand-ins. */
export async function deployRig({ endpoint, region, topicArn }: Where): Promise<void> {
  const cloudformation = new CloudFormationClient({ endpoint, region });
  const template = {
    Resources: {
      Heard: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'rig-heard' } },
      HeardPolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Heard' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'sns.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: { 'Fn::GetAtt': ['Heard', 'Arn'] },
                Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
              },
            ],
          },
        },
      },
      HeardSubscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: topicArn,
          Protocol: 'sqs',
          Endpoint: { 'Fn::GetAtt': ['Heard', 'Arn'] },
          RawMessageDelivery: true,
        },
      },
      StandInRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust.lambda,
          Policies: [{ PolicyName: 'permissions', PolicyDocument: ALLOWED }],
        },
      },
      ...Object.fromEntries(STOOD_IN_FOR.map((integration) => [integration.replace(/\W/g, ''), standIn(integration)])),
    },
  };
  await cloudformation.send(
    new CreateStackCommand({
      StackName: 'rig',
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  await eventually('the rig is there', async () => {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'rig' }));
    const status = Stacks?.[0]?.StackStatus;
    if (status?.match(/FAILED|ROLLBACK/)) throw new Error(`the rig: ${status}, ${Stacks?.[0]?.StackStatusReason}`);
    return status === 'CREATE_COMPLETE';
  });
}

function standIn(integration: string): object {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: nameOf(integration),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['StandInRole', 'Arn'] },
      Timeout: 30,
      Code: { ZipFile: readFileSync(new URL('stand-in.cjs', import.meta.url), 'utf8') },
      // Lambda's own runtime has the SDK; the emulator's has not. Only here: the service's functions bring theirs.
      Environment: { Variables: { NODE_PATH: resolve('node_modules') } },
    },
  };
}

/**
 * Lets the sweeper disarm the safety stop, in the stage's own group: ministack asks its policy about the default group. What
 * it may in the default group of AWS does not matter here.
 */
export async function mayDisarm({ endpoint, region }: Where, RoleName: string): Promise<void> {
  const statement = { Effect: 'Allow', Action: 'scheduler:DeleteSchedule', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await new IAMClient({ endpoint, region }).send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'rig', PolicyDocument }),
  );
}

/** Lets a deployed machine call the stand-ins. Nothing else of it changes. */
export async function useStandIns({ endpoint, region }: Where, machineArn: string): Promise<void> {
  const sfn = new SFNClient({ endpoint, region });
  const { definition = '' } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }));
  const functions = machineArn.replace(':states:', ':lambda:').replace(/:stateMachine:.*/, ':function:');
  const changed = STOOD_IN_FOR.reduce(
    (text, integration) => text.replaceAll(`"${SDK}${integration}"`, `"${functions}${nameOf(integration)}"`),
    definition,
  );
  await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: machineArn, definition: changed }));
}

function nameOf(integration: string): string {
  return `rig-${integration.replace(':', '-')}`;
}

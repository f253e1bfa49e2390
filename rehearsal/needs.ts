import type { Need } from './iam.ts';
import { ACCOUNT } from './template.ts';

type Input = Record<string, unknown>;

const PREFIX: Record<string, string> = { sfn: 'states' };

/**
 * What IAM asks of each call that the project makes: action, resource, context.
 *
 * @source Service Authorization Reference, one page a service: where a call has no resource type, the resource is `*`
 * @param operation AWS's name of it, `StartInstances`
 */
export function needsOf(service: string, operation: string, input: Input, region: string): Need[] {
  const action = `${PREFIX[service] ?? service}:${operation}`;
  const arn = (of: string, resource: string) => `arn:aws:${of}:${region}:${ACCOUNT}:${resource}`;
  const resources = RESOURCES[`${service}.${operation}`] ?? RESOURCES[service];
  if (!resources)
    throw new Error(
      `the rehearsal does not know what IAM asks of ${service}.${operation}: add it to rehearsal/needs.ts`,
    );
  const needs: Need[] = resources(input, arn).map((resource) => ({ action, resource }));
  return operation === 'CreateSchedule' ? [...needs, passRole(input)] : needs;
}

type Resources = (input: Input, arn: (service: string, resource: string) => string) => string[];

const instances: Resources = ({ InstanceIds }, arn) =>
  (InstanceIds as string[]).map((id) => arn('ec2', `instance/${id}`));
const schedule: Resources = ({ GroupName = 'default', Name }, arn) => [
  arn('scheduler', `schedule/${GroupName}/${Name}`),
];
const parameter: Resources = ({ Name }, arn) => [arn('ssm', `parameter${String(Name)}`)];
const anything: Resources = () => ['*'];

const RESOURCES: Record<string, Resources> = {
  dynamodb: ({ TableName, IndexName }, arn) => [
    arn('dynamodb', `table/${TableName}${IndexName ? `/index/${IndexName}` : ''}`),
  ],
  'ec2.DescribeInstances': anything,
  'ec2.DescribeInstanceAttribute': ({ InstanceId }, arn) => [arn('ec2', `instance/${InstanceId}`)],
  'ec2.StartInstances': instances,
  'ec2.StopInstances': instances,
  'lambda.InvokeFunction': ({ FunctionName }) => [String(FunctionName)],
  'scheduler.CreateSchedule': schedule,
  'scheduler.DeleteSchedule': schedule,
  'sfn.StartExecution': ({ stateMachineArn }) => [String(stateMachineArn)],
  'sfn.DescribeExecution': ({ executionArn }) => [String(executionArn)],
  'sfn.StopExecution': ({ executionArn }) => [String(executionArn)],
  'sns.Publish': ({ TopicArn }) => [String(TopicArn)],
  sqs: ({ QueueArn }) => [String(QueueArn)],
  logs: ({ LogGroupArn }) => [String(LogGroupArn)],
  // The document belongs to AWS, so its ARN has no account.
  'ssm.SendCommand': (input, arn) => [
    ...instances(input, arn),
    arn('ssm', `document/${input['DocumentName']}`).replace(ACCOUNT, ''),
  ],
  'ssm.GetCommandInvocation': anything,
  'ssm.CancelCommand': anything,
  'ssm.GetParameter': parameter,
  'ssm.PutParameter': parameter,
};

/** Whoever makes a schedule hands it a role. */
function passRole({ Target }: Input): Need {
  const { RoleArn } = Target as { RoleArn: string };
  return { action: 'iam:PassRole', resource: RoleArn, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } };
}

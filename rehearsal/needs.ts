import { queueArn } from './aws/sqs.ts';
import type { Need } from './iam.ts';
import { ACCOUNT } from './template.ts';

type Input = Record<string, unknown>;

const PREFIX: Record<string, string> = {
  sfn: 'states',
  'cost explorer': 'ce',
  cloudwatchlogs: 'logs',
  'auto scaling': 'autoscaling',
  'application auto scaling': 'application-autoscaling',
  applicationautoscaling: 'application-autoscaling',
};
/** Calls that have no permission of their own. */
const SAME_AS: Record<string, string> = { 'sqs.SendMessageBatch': 'SendMessage', 'lambda.Invoke': 'InvokeFunction' };

/** Where the world says in a request which group an instance is of. */
export const GROUP = 'the group of the instance';

/**
 * What IAM asks of each call that the project makes: action, resource, context.
 *
 * @source Service Authorization Reference, one page a service: where a call has no resource type, the resource is `*`
 * @param operation AWS's name of it, `StartInstances`
 */
export function needsOf(service: string, operation: string, input: Input, region: string): Need[] {
  const action = `${PREFIX[service] ?? service}:${SAME_AS[`${service}.${operation}`] ?? operation}`;
  const arn = (of: string, resource: string) => `arn:aws:${of}:${region}:${ACCOUNT}:${resource}`;
  const resources = RESOURCES[`${service}.${operation}`] ?? RESOURCES[service];
  if (!resources)
    throw new Error(
      `the rehearsal does not know what IAM asks of ${service}.${operation}: add it to rehearsal/needs.ts`,
    );
  const needs: Need[] = resources(input, arn).map((resource) => ({ action, resource }));
  if (operation === 'RegisterScalableTarget') return scalableTarget(input, needs, arn);
  if (operation === 'RunTask' || operation === 'ListTasks') return taskNeeds(input, needs, arn);
  if (operation === 'PassRole') return [passRole(input['RoleArn'], String(input['Service']))];
  if (operation === 'CreateSchedule') return [...needs, passRole((input['Target'] as Input)['RoleArn'], 'scheduler')];
  if (service !== 'cloudformation') return needs;
  const { RoleARN: role, TemplateURL: url } = input;
  return [...needs, ...(role ? [passRole(role, 'cloudformation')] : []), ...(url ? [readTemplate(String(url))] : [])];
}

type Resources = (input: Input, arn: (service: string, resource: string) => string) => string[];

const instances: Resources = ({ InstanceIds }, arn) =>
  (InstanceIds as string[]).map((id) => arn('ec2', `instance/${id}`));
/** Own servers that are registered with Systems Manager have ids and ARNs of another sort. */
const servers: Resources = ({ InstanceIds }, arn) =>
  (InstanceIds as string[]).map((id) =>
    id.startsWith('mi-') ? arn('ssm', `managed-instance/${id}`) : arn('ec2', `instance/${id}`),
  );
const schedule: Resources = ({ GroupName = 'default', Name }, arn) => [
  arn('scheduler', `schedule/${GroupName}/${Name}`),
];
/** The request names the instance, IAM asks for its group. */
const group: Resources = ({ [GROUP]: name }, arn) => [
  arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${name}`),
];
const parameter: Resources = ({ Name }, arn) => [arn('ssm', `parameter${String(Name)}`)];
const anything: Resources = () => ['*'];
/** Nobody knows the id of a scalable target beforehand: policies name all of them. */
const scalableTargets: Resources = (_, arn) => [arn('application-autoscaling', 'scalable-target/0ec5')];
/** By its name or its ARN. */
const lambdaFunction: Resources = ({ FunctionName }, arn) => {
  const name = String(FunctionName);
  return [name.startsWith('arn:') ? name : arn('lambda', `function:${name}`)];
};
const stack: Resources = ({ StackName }, arn) => {
  const name = String(StackName);
  return [name.startsWith('arn:') ? name : arn('cloudformation', `stack/${name}/*`)];
};

/** By which Step Functions hears that a task has ended. */
const ruleOfStepFunctions: Resources = (_, arn) => [arn('events', 'rule/StepFunctionsGetEventsForECSTaskRule')];

/** The ARN of a document that belongs to AWS has no account. */
const documentArn = (name: string, arn: (service: string, resource: string) => string) => {
  const own = arn('ssm', `document/${name}`);
  return /^(AWS|Amazon)-/.test(name) ? own.replace(ACCOUNT, '') : own;
};

const RESOURCES: Record<string, Resources> = {
  cloudformation: stack,
  'cost explorer.GetCostAndUsage': anything,
  'ecr.GetAuthorizationToken': anything,
  ecr: ({ repositoryName }, arn) => [arn('ecr', `repository/${repositoryName}`)],
  dynamodb: ({ TableName, IndexName }, arn) => [
    arn('dynamodb', `table/${TableName}${IndexName ? `/index/${IndexName}` : ''}`),
  ],
  'dynamodb.BatchGetItem': ({ RequestItems }, arn) =>
    Object.keys(RequestItems as Input).map((name) => arn('dynamodb', `table/${name}`)),
  'ec2.DescribeInstances': anything,
  'ec2.DescribeInstanceStatus': anything,
  'ec2.DescribeInstanceAttribute': ({ InstanceId }, arn) => [arn('ec2', `instance/${InstanceId}`)],
  'ec2.DescribeAddresses': anything,
  'ec2.CreateNetworkInterface': anything,
  'ec2.DescribeNetworkInterfaces': anything,
  'ec2.DescribeSubnets': anything,
  'ec2.DeleteNetworkInterface': anything,
  'ec2.AssignPrivateIpAddresses': anything,
  'ec2.UnassignPrivateIpAddresses': anything,
  'ec2.RebootInstances': instances,
  'ec2.StartInstances': instances,
  'ec2.StopInstances': instances,
  'ecs.DescribeServices': ({ cluster = 'default', services }, arn) =>
    (services as string[]).map((service) => arn('ecs', `service/${cluster}/${service}`)),
  'ecs.UpdateService': ({ cluster = 'default', service }, arn) => [arn('ecs', `service/${cluster}/${service}`)],
  'ecs.GetTaskProtection': ({ cluster, task }, arn) => [arn('ecs', `task/${cluster}/${task}`)],
  'ecs.UpdateTaskProtection': ({ cluster, task }, arn) => [arn('ecs', `task/${cluster}/${task}`)],
  'ecs.RunTask': ({ taskDefinition }, arn) => {
    const name = String(taskDefinition);
    return [arn('ecs', `task-definition/${name.includes(':') ? name : `${name}:1`}`)];
  },
  'ecs.DescribeTasks': ({ task, tasks = [task] }) => (tasks as string[]).map(String),
  'ecs.ListTasks': () => ['*'],
  'ecs.StopTask': ({ task }) => [String(task)],
  'cloudwatchlogs.GetLogEvents': ({ logGroupName, logStreamName }, arn) => [
    arn('logs', `log-group:${logGroupName}:log-stream:${logStreamName}`),
  ],
  'iam.PassRole': anything,
  'events.PutTargets': ruleOfStepFunctions,
  'events.PutRule': ruleOfStepFunctions,
  'events.DescribeRule': ruleOfStepFunctions,
  'auto scaling.DescribeAutoScalingGroups': anything,
  'autoscaling.DescribeAutoScalingGroups': anything,
  'auto scaling.SetInstanceHealth': group,
  'autoscaling.SetInstanceHealth': group,
  'application auto scaling': scalableTargets,
  applicationautoscaling: scalableTargets,
  'application auto scaling.DescribeScalableTargets': anything,
  'lambda.Invoke': lambdaFunction,
  'lambda.InvokeFunction': lambdaFunction,
  'scheduler.CreateSchedule': schedule,
  'scheduler.DeleteSchedule': schedule,
  'sfn.StartExecution': ({ stateMachineArn }) => [String(stateMachineArn)],
  'sfn.SendTaskSuccess': anything,
  'sfn.DescribeExecution': ({ executionArn }) => [String(executionArn)],
  'sfn.ListExecutions': ({ stateMachineArn }) => [String(stateMachineArn)],
  'sfn.StopExecution': ({ executionArn }) => [String(executionArn)],
  'sns.Publish': ({ TopicArn }) => [String(TopicArn)],
  sqs: ({ QueueArn, QueueUrl }) => [String(QueueArn ?? queueArn(String(QueueUrl)))],
  logs: ({ LogGroupArn }) => [String(LogGroupArn)],
  'ssm.SendCommand': (input, arn) => [...servers(input, arn), documentArn(String(input['DocumentName']), arn)],
  'ssm.StartAutomationExecution': ({ DocumentName }, arn) => [
    arn('ssm', `automation-definition/${DocumentName}:$DEFAULT`).replace(ACCOUNT, ''),
  ],
  'ssm.GetCommandInvocation': anything,
  'ssm.CancelCommand': anything,
  'ssm.ListCommands': anything,
  'ssm.GetParameter': parameter,
  'ssm.GetParameters': ({ ValueFrom }) => [String(ValueFrom)],
  'ssm.PutParameter': parameter,
};

/** Whoever has a service work with a role hands it the role. */
function passRole(role: unknown, service: string): Need {
  const context = { 'iam:PassedToService': `${service}.amazonaws.com` };
  return { action: 'iam:PassRole', resource: String(role), context };
}

/**
 * Whoever has a service scaled needs what is done to it.
 *
 * @source Service Authorization Reference, "AWS Application Auto Scaling": its condition keys; ECS developer guide, "IAM
 * permissions required for Amazon ECS service auto scaling"
 */
function scalableTarget(
  { ServiceNamespace, ScalableDimension, ResourceId }: Input,
  needs: Need[],
  arn: (service: string, resource: string) => string,
): Need[] {
  const context = {
    'application-autoscaling:service-namespace': String(ServiceNamespace),
    'application-autoscaling:scalable-dimension': String(ScalableDimension),
  };
  const resource = arn('ecs', String(ResourceId));
  return [
    ...needs.map((need) => ({ ...need, context })),
    ...['ecs:DescribeServices', 'ecs:UpdateService'].map((action) => ({ action, resource })),
  ];
}

/** A task is run in a cluster, where tasks are listed, too, and with the roles of its definition, which whoever runs it hands over. */
function taskNeeds(
  { cluster = 'default' }: Input,
  needs: Need[],
  arn: (service: string, resource: string) => string,
): Need[] {
  const context = { 'ecs:cluster': arn('ecs', `cluster/${cluster}`) };
  return needs.map((need) => ({ ...need, context }));
}

/** CloudFormation reads a template with the rights of whoever names it. */
function readTemplate(url: string): Need {
  const { hostname, pathname } = new URL(url);
  // https://bucket.s3.region.amazonaws.com/key, or the older https://s3.region.amazonaws.com/bucket/key
  const [, bucket] = hostname.match(/^(.+)\.s3[.-][^/]*$/) ?? [];
  const partition = hostname.endsWith('.cn') ? 'aws-cn' : 'aws';
  const object = `${bucket ? `${bucket}/` : ''}${decodeURIComponent(pathname.slice(1))}`;
  return { action: 's3:GetObject', resource: `arn:${partition}:s3:::${object}` };
}

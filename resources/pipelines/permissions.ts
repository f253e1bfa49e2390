import type { PipelineWorkload, StepWork } from '../../shared/stage/compiled.ts';
import { arn, distinct, type Sub, sub } from '../arns.ts';
import { functionsIn, inTemplate, openIn } from './refs.ts';

export interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: object;
}

type Of<By extends StepWork['by']> = Extract<StepWork, { by: By }>;

/** What the machine of a pipeline may do: what its steps do, and nothing else. */
export function permissionsOf(name: string, { steps }: PipelineWorkload, definition: string): Statement[] {
  const works = Object.values(steps).map(({ work }) => work);
  const of = <By extends StepWork['by']>(by: By) => works.filter((work): work is Of<By> => work.by === by);
  return [
    {
      Action: 'lambda:InvokeFunction',
      Resource: [
        ...functionsIn(definition).map(inTemplate),
        ...distinct(of('function').map((work) => lambdaArn(work))),
      ],
    },
    ...(definition.includes(':dynamodb:updateItem')
      ? [{ Action: 'dynamodb:UpdateItem', Resource: { 'Fn::GetAtt': ['StateTable', 'Arn'] } }]
      : []),
    ...(openIn(definition).includes('WatchPipelineLambdaFunction') ? ofWatch(name) : []),
    ...ofCommands(of('command')),
    ...ofTasks(of('task')),
  ];
}

function lambdaArn({ name }: Of<'function'>): Sub {
  return arn('lambda', `function:${name}`);
}

function ofWatch(name: string): Statement[] {
  return [
    {
      Action: 'scheduler:CreateSchedule',
      Resource: sub(
        `arn:\${AWS::Partition}:scheduler:\${AWS::Region}:\${AWS::AccountId}:schedule/\${ScheduleGroup}/${name}-watch-*`,
      ),
    },
    passing([{ 'Fn::GetAtt': ['PipelineScheduleRole', 'Arn'] }], 'scheduler.amazonaws.com'),
  ];
}

function ofCommands(commands: Of<'command'>[]): Statement[] {
  if (commands.length === 0) return [];
  const servers = commands.map(({ on }) =>
    on.startsWith('mi-') ? arn('ssm', `managed-instance/${on}`) : arn('ec2', `instance/${on}`),
  );
  return [
    {
      Action: 'ssm:SendCommand',
      Resource: [...distinct(servers), sub('arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript')],
    },
  ];
}

/** @source https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html, "IAM policies for calling Amazon ECS/AWS Fargate" */
function ofTasks(tasks: Of<'task'>[]): Statement[] {
  if (tasks.length === 0) return [];
  const clusters = [...new Set(tasks.map(({ cluster }) => cluster))];
  const roles = tasks.flatMap((task) => task.roles);
  const groups = tasks.flatMap(({ logs }) =>
    logs ? [arn('logs', `log-group:${logs.group}:log-stream:${logs.prefix}/*`)] : [],
  );
  return [
    ...clusters.map((cluster) => ({
      Action: 'ecs:RunTask',
      Resource: distinct(tasks.filter((task) => task.cluster === cluster).map(definitionArn)),
      Condition: { ArnEquals: { 'ecs:cluster': arn('ecs', `cluster/${cluster}`) } },
    })),
    {
      Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
      Resource: clusters.map((cluster) => arn('ecs', `task/${cluster}/*`)),
    },
    // How Step Functions hears that a task has ended.
    {
      Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      Resource: arn('events', 'rule/StepFunctionsGetEventsForECSTaskRule'),
    },
    ...(roles.length > 0 ? [passing(distinct(roles.map(roleArn)), 'ecs-tasks.amazonaws.com')] : []),
    ...(groups.length > 0 ? [{ Action: 'logs:GetLogEvents', Resource: distinct(groups) }] : []),
  ];
}

/** Of a family alone, every revision. */
function definitionArn({ definition }: Of<'task'>): Sub {
  return arn('ecs', `task-definition/${definition.includes(':') ? definition : `${definition}:*`}`);
}

function roleArn(role: string): Sub | string {
  return role.startsWith('arn:') ? role : sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${role}`);
}

function passing(roles: unknown[], service: string): Statement {
  return { Action: 'iam:PassRole', Resource: roles, Condition: { StringEquals: { 'iam:PassedToService': service } } };
}

import { dashboardName } from '../../shared/alarms/names.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { dashboard as en } from '../../shared/words/en/dashboard.ts';
import { dashboard as ko } from '../../shared/words/ko/dashboard.ts';
import { alarmId, alarmsOf } from './alarms.ts';
import { isInstance, logGroup, type Machine, machines, type Target, type WatchedStage } from './watched.ts';
import { graph, log, type Metric, MOST_ALARMS, placed, size, text, type Widget } from './widgets.ts';

/**
 * One page that is there while the server is down, in the order in which a person looks. Its widgets are as many with one
 * service as with hundreds.
 */
export function dashboard(stage: WatchedStage & Pick<CompiledStage, 'notify'>): Record<string, object> {
  if (Object.keys(stage.services).length === 0) return {};
  const body = JSON.stringify({ widgets: placed(rows(stage, { en, ko }[stage.notify.language])) });
  return {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardName: dashboardName(stage.stage), DashboardBody: { 'Fn::Sub': body } },
    },
  };
}

function rows(stage: WatchedStage, words: typeof en): Widget[][] {
  const { stage: name } = stage;
  const found = machines(stage);
  const groups = found
    .filter(isInstance)
    .flatMap(({ services }) => services.map(([service]) => logGroup(name, service)));
  const alarms = found.flatMap((one) => alarmsOf(one).map((alarm) => `\${${alarmId(one.name, alarm)}.Arn}`));
  const checks = `lamplighter-${name}-checkHealth`;
  const lambda = (metric: string, stat: string) => ['AWS/Lambda', metric, 'FunctionName', checks, { stat }];
  const queue = (id: string, metric: string) => [
    'AWS/SQS',
    metric,
    'QueueName',
    `\${${id}.QueueName}`,
    { stat: 'Maximum' },
  ];
  const machine = `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:lamplighter-${name}-recover-service`;
  const executions = (metric: string) => ['AWS/States', metric, 'StateMachineArn', machine, { stat: 'Sum' }];
  return [
    [
      text(
        `# ${words.title(name)}\n${words.howTo(`sls ops status --stage ${name}`, `sls ops incidents --stage ${name}`)}`,
        3,
      ),
    ],
    [text(`## ${words.outside}`)],
    [
      ...graph(words.checks, [lambda('Invocations', 'Sum'), lambda('Errors', 'Sum'), lambda('Duration', 'Maximum')]),
      ...log(words.checkFailures, [`/aws/lambda/${checks}`], 'filter level in ["WARN", "ERROR"]'),
    ],
    [text(`## ${words.logs}`)],
    log(words.errors, groups, 'filter @logStream like /pm2-error|nginx-error/'),
    [text(`## ${words.metrics}`)],
    graphs(found, words),
    [text(`## ${words.alarms}`)],
    alarms.length ? [{ ...size('alarm', 4), properties: { title: '', alarms: alarms.slice(0, MOST_ALARMS) } }] : [],
    [text(`## ${words.notices}`)],
    [
      ...graph(words.told, [
        ['AWS/SNS', 'NumberOfMessagesPublished', 'TopicName', '${NoticesTopic.TopicName}', { stat: 'Sum' }],
        queue('NoticesQueue', 'ApproximateAgeOfOldestMessage'),
      ]),
      ...graph(words.lost, [queue('NoticesDeadLetters', 'ApproximateNumberOfMessagesVisible')]),
    ],
    [text(`## ${words.recovery}`)],
    [
      ...graph(words.recoveries, ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed'].map(executions)),
      ...log(words.recovered, groups, 'filter @message like /::recovery/'),
    ],
  ];
}

/** What is measured of each target, by what its alarms look at. */
function graphs(found: Machine[], words: typeof en): Widget[] {
  const of = (find: (target: Target) => Metric | undefined, stat: string) =>
    found.flatMap(({ target, services }) => {
      const metric = find(target);
      return metric ? [[...metric, { label: services.map(([name]) => name).join(), stat }]] : [];
    });
  const agent = (metric: string) => (target: Target) =>
    'ec2' in target ? ['CWAgent', metric, 'InstanceId', target.ec2] : undefined;
  const ec2 = (metric: string) => (target: Target) => {
    if ('ec2' in target) return ['AWS/EC2', metric, 'InstanceId', target.ec2];
    return 'group' in target ? ['AWS/EC2', metric, 'AutoScalingGroupName', target.group] : undefined;
  };
  const orEcs = (find: (target: Target) => Metric | undefined, metric: string) => (target: Target) =>
    'ecs' in target
      ? ['AWS/ECS', metric, 'ClusterName', target.ecs.cluster, 'ServiceName', target.ecs.service]
      : find(target);
  return [
    ...graph(words.cpu, of(orEcs(ec2('CPUUtilization'), 'CPUUtilization'), 'Average')),
    ...graph(words.memory, of(orEcs(agent('mem_used_percent'), 'MemoryUtilization'), 'Average')),
    ...graph(words.disk, of(agent('disk_used_percent'), 'Maximum')),
    ...graph(words.swap, of(agent('swap_used_percent'), 'Average')),
    ...graph(words.network, [...of(ec2('NetworkIn'), 'Sum'), ...of(ec2('NetworkOut'), 'Sum')]),
    ...graph(words.statusCheck, of(ec2('StatusCheckFailed'), 'Maximum')),
    ...graph(words.processes, of(agent('procstat_lookup_pid_count'), 'Minimum')),
  ];
}

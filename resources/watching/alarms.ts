import { alarmName, type ServiceAlarm } from '../../shared/alarms/names.ts';
import { logicalId } from '../schedules.ts';
import type { Target, Watched } from './watched.ts';

interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

interface Rule {
  metric: Metric;
  statistic: 'Average' | 'Maximum' | 'SampleCount';
  /** It alarms over this; over 0 for what is 0 or 1. */
  over: number;
  /** How many times how many seconds. */
  times: number;
  seconds: number;
  says: string;
}

type Rules = Partial<Record<Exclude<ServiceAlarm, 'missing-data'>, Rule>> & { 'missing-data': Metric };

/** The namespace of the CloudWatch agent. */
const AGENT = 'CWAgent';

/**
 * The alarms of a service's machines. Metrics that are missing change no state but to INSUFFICIENT_DATA, which tells nobody:
 * that they are missing is an alarm of its own.
 */
export function alarms(stage: string, name: string, { target }: Watched): Record<string, object> {
  if (!target) return {};
  const { 'missing-data': sign, ...rules } = rulesOf(target);
  const entries = Object.entries(rules).map(([alarm, rule]) => [alarm as ServiceAlarm, above(rule, name)] as const);
  return Object.fromEntries(
    [...entries, ['missing-data' as const, missing(sign, name)] as const].map(([alarm, properties]) => [
      alarmId(name, alarm),
      {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: alarmName(stage, name, alarm),
          ...properties,
          AlarmActions: [{ Ref: 'NoticesTopic' }],
          OKActions: [{ Ref: 'NoticesTopic' }],
        },
      },
    ]),
  );
}

/** The sorts of alarms that a service has. */
export function alarmsOf({ target }: Watched): ServiceAlarm[] {
  return target ? (Object.keys(rulesOf(target)) as ServiceAlarm[]) : [];
}

export function alarmId(service: string, alarm: ServiceAlarm): string {
  return `${logicalId(service)}${logicalId(alarm)}Alarm`;
}

function rulesOf(target: Target): Rules {
  if ('ecs' in target) return ofEcs(target.ecs.cluster, target.ecs.service);
  if ('group' in target) return ofEc2({ AutoScalingGroupName: target.group });
  const dimensions = { InstanceId: target.ec2 };
  const memory = { namespace: AGENT, name: 'mem_used_percent', dimensions };
  return {
    ...ofEc2(dimensions),
    memory: average(memory, 85, 'More than 85 % of its memory is used. What grows, and since when?'),
    disk: {
      metric: { namespace: AGENT, name: 'disk_used_percent', dimensions },
      ...{ statistic: 'Maximum', over: 90, times: 1, seconds: 300 },
      says: 'A disk is more than 90 % full. No restart makes room: delete what can go, or enlarge it.',
    },
    'missing-data': memory,
  };
}

/** What EC2 itself measures: an instance every five minutes, its status checks every minute. */
function ofEc2(dimensions: Record<string, string>): Rules {
  const cpu = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions };
  return {
    'status-check': {
      metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions },
      ...{ statistic: 'Maximum', over: 0, times: 2, seconds: 60 },
      says: 'AWS finds its instance or what that runs on impaired.',
    },
    cpu: { ...average(cpu, 80, 'Its processors are busy for more than 80 % of the time.'), times: 2, seconds: 300 },
    'missing-data': cpu,
  };
}

function ofEcs(ClusterName: string, ServiceName: string): Rules {
  const metric = (name: string) => ({ namespace: 'AWS/ECS', name, dimensions: { ClusterName, ServiceName } });
  return {
    cpu: average(metric('CPUUtilization'), 80, 'Its tasks use more than 80 % of their processors.'),
    memory: average(metric('MemoryUtilization'), 85, 'Its tasks use more than 85 % of their memory.'),
    'missing-data': metric('CPUUtilization'),
  };
}

function average(metric: Metric, over: number, says: string): Rule {
  return { metric, statistic: 'Average', over, times: 5, seconds: 60, says };
}

function above({ metric, statistic, over, times, seconds, says }: Rule, service: string): object {
  return {
    AlarmDescription: `${service}: ${says}`,
    ...look(metric),
    ...{ Statistic: statistic, Period: seconds, EvaluationPeriods: times },
    ...{ Threshold: over, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' },
  };
}

/** EC2's own metrics come every five minutes: three of them have to be missing. */
function missing(metric: Metric, service: string): object {
  return {
    AlarmDescription: `${service}: nothing has been heard of its machine for a quarter of an hour. Is it off, or is what measures it?`,
    ...look(metric),
    ...{ Statistic: 'SampleCount', Period: 300, EvaluationPeriods: 3 },
    ...{ Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' },
  };
}

function look({ namespace, name, dimensions }: Metric): object {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}

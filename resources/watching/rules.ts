import type { ServiceAlarm } from '../../shared/alarms/names.ts';
import type { Target } from './watched.ts';

export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

export interface Rule {
  metric: Metric;
  statistic: 'Average' | 'Maximum' | 'SampleCount';
  /** It alarms over this; over 0 for what is 0 or 1. */
  over: number;
  /** How many times how many seconds. */
  times: number;
  seconds: number;
  says: string;
}

export interface Rules {
  rules: [ServiceAlarm, Rule][];
  /** Without it nothing is known. */
  sign: Metric;
}

/** The namespace of the CloudWatch agent. */
const AGENT = 'CWAgent';

/** When a target is unwell, and by what sign it is known that it can be seen. */
export function rulesOf(target: Target): Rules {
  if ('ecs' in target) return ofEcs(target.ecs.cluster, target.ecs.service);
  if ('group' in target) return ofEc2({ AutoScalingGroupName: target.group });
  const dimensions = { InstanceId: target.ec2 };
  const memory = { namespace: AGENT, name: 'mem_used_percent', dimensions };
  return {
    rules: [
      ...ofEc2(dimensions).rules,
      ['memory', average(memory, 85, 'more than 85 % of its memory is used. What grows, and since when?')],
      [
        'disk',
        {
          metric: { namespace: AGENT, name: 'disk_used_percent', dimensions },
          ...{ statistic: 'Maximum', over: 90, times: 1, seconds: 300 },
          says: 'a disk is more than 90 % full. No restart makes room: delete what can go, or enlarge it.',
        },
      ],
    ],
    sign: memory,
  };
}

/** What EC2 itself measures: an instance every five minutes, its status checks every minute. */
function ofEc2(dimensions: Record<string, string>): Rules {
  const cpu = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions };
  return {
    rules: [
      [
        'status-check',
        {
          metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions },
          ...{ statistic: 'Maximum', over: 0, times: 2, seconds: 60 },
          says: 'AWS finds its instance, or what that runs on, impaired.',
        },
      ],
      [
        'cpu',
        { ...average(cpu, 80, 'its processors are busy for more than 80 % of the time.'), times: 2, seconds: 300 },
      ],
    ],
    sign: cpu,
  };
}

function ofEcs(ClusterName: string, ServiceName: string): Rules {
  const metric = (name: string) => ({ namespace: 'AWS/ECS', name, dimensions: { ClusterName, ServiceName } });
  return {
    rules: [
      ['cpu', average(metric('CPUUtilization'), 80, 'its tasks use more than 80 % of their processors.')],
      ['memory', average(metric('MemoryUtilization'), 85, 'its tasks use more than 85 % of their memory.')],
    ],
    sign: metric('CPUUtilization'),
  };
}

function average(metric: Metric, over: number, says: string): Rule {
  return { metric, statistic: 'Average', over, times: 5, seconds: 60, says };
}

import { alarmName, type ServiceAlarm } from '../../shared/alarms/names.ts';
import { logicalId } from '../logical-id.ts';
import { type Metric, type Rule, rulesOf } from './rules.ts';
import type { Machine } from './watched.ts';

/**
 * The alarms of what services run on. Metrics that are missing change no state but to INSUFFICIENT_DATA, which tells nobody:
 * that they are missing is an alarm of its own, unless the machine is off by plan now and then.
 */
export function alarms(stage: string, machine: Machine): Record<string, object> {
  const { name } = machine;
  return Object.fromEntries(
    [...propertiesOf(machine)].map(([alarm, properties]) => [
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

/** The sorts of alarms that it has. */
export function alarmsOf(machine: Machine): ServiceAlarm[] {
  return [...propertiesOf(machine).keys()];
}

function propertiesOf({ name, target, isPlanned }: Machine): Map<ServiceAlarm, object> {
  const { rules, sign } = rulesOf(target);
  return new Map<ServiceAlarm, object>([
    ...rules.map(([alarm, rule]): [ServiceAlarm, object] => [alarm, above(rule, name)]),
    ...(isPlanned ? [] : [['missing-data', missing(sign, name)] as [ServiceAlarm, object]]),
  ]);
}

export function alarmId(service: string, alarm: ServiceAlarm): string {
  return `${logicalId(service)}${logicalId(alarm)}Alarm`;
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

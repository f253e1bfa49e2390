import { alarmName, type ServiceAlarm } from '../../shared/alarms/names.ts';
import { logicalId } from '../schedules.ts';
import { type Metric, type Rule, rulesOf } from './rules.ts';
import type { Watched } from './watched.ts';

/**
 * The alarms of a service's machines. Metrics that are missing change no state but to INSUFFICIENT_DATA, which tells nobody:
 * that they are missing is an alarm of its own, unless the machine is off by plan now and then.
 */
export function alarms(stage: string, name: string, service: Watched): Record<string, object> {
  return Object.fromEntries(
    [...propertiesOf(name, service)].map(([alarm, properties]) => [
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
export function alarmsOf(service: Watched): ServiceAlarm[] {
  return [...propertiesOf('', service).keys()];
}

function propertiesOf(name: string, { target, offWith }: Watched): Map<ServiceAlarm, object> {
  if (!target) return new Map();
  const { rules, sign } = rulesOf(target);
  return new Map<ServiceAlarm, object>([
    ...rules.map(([alarm, rule]): [ServiceAlarm, object] => [alarm, above(rule, name)]),
    ...(offWith.length === 0 ? [['missing-data', missing(sign, name)] as [ServiceAlarm, object]] : []),
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

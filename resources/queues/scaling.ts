import { scalingAlarmName } from '../../shared/alarms/queue-names.ts';
import type { QueueWorkload } from '../../shared/stage/compiled.ts';
import { logicalId } from '../logical-id.ts';
import { metricOf } from './metric.ts';
import { type Way, ways } from './ways.ts';

/**
 * What has Application Auto Scaling set the number of workers: between min and max, by policies, each with the alarm that has
 * it act. `tend-queues` registers another min and max when people, hours, money or a runaway want it so.
 */
export function scaling(stage: string, name: string, queue: QueueWorkload): Record<string, object> {
  const id = logicalId(name);
  const target = `${id}ScalableTarget`;
  const { min, max } = queue.scaling;
  const { cluster, service, create } = queue.workers;
  return {
    [target]: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      ...(create && { DependsOn: `${id}Workers` }),
      Properties: {
        ServiceNamespace: 'ecs',
        ScalableDimension: 'ecs:service:DesiredCount',
        ResourceId: `service/${cluster}/${service}`,
        MinCapacity: min,
        MaxCapacity: max,
      },
    },
    ...Object.assign({}, ...ways(queue.scaling).map((way) => ofWay(stage, name, target, way))),
  };
}

function ofWay(stage: string, queue: string, target: string, way: Way): Record<string, object> {
  const policy = `${logicalId(queue)}${logicalId(way.name)}Policy`;
  const properties = {
    PolicyName: `lamplighter-${stage}-${queue}-${way.name}`,
    ScalingTargetId: { Ref: target },
    ...('tracking' in way ? tracking(stage, queue, way.tracking) : steps(way.adjustment)),
  };
  return {
    [policy]: { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: properties },
    ...('alarm' in way && {
      [`${logicalId(queue)}${logicalId(way.name)}ScalingAlarm`]: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: scalingAlarmName(stage, queue, way.name),
          AlarmDescription: `Sets the workers of ${queue}; nothing is wrong when it is in alarm.`,
          ...metricOf(stage, queue, way.alarm.metric),
          ...{ Statistic: 'Maximum', Period: 60 },
          EvaluationPeriods: way.alarm.minutes,
          DatapointsToAlarm: way.alarm.minutes,
          Threshold: way.alarm.threshold,
          ComparisonOperator: way.alarm.comparison,
          TreatMissingData: way.alarm.missing,
          AlarmActions: [{ Ref: policy }],
        },
      },
    }),
  };
}

function steps({ type, least, cooldown, steps }: Extract<Way, { adjustment: object }>['adjustment']): object {
  return {
    PolicyType: 'StepScaling',
    StepScalingPolicyConfiguration: {
      AdjustmentType: type,
      Cooldown: cooldown,
      ...(least !== undefined && { MinAdjustmentMagnitude: least }),
      MetricAggregationType: 'Maximum',
      StepAdjustments: steps.map(({ from, to, workers }) => ({
        ...(from !== undefined && { MetricIntervalLowerBound: from }),
        ...(to !== undefined && { MetricIntervalUpperBound: to }),
        ScalingAdjustment: workers,
      })),
    },
  };
}

function tracking(stage: string, queue: string, { jobs, out }: Extract<Way, { tracking: object }>['tracking']) {
  return {
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: jobs,
      CustomizedMetricSpecification: { ...metricOf(stage, queue, 'Backlog'), Statistic: 'Average' },
      ScaleOutCooldown: out,
      DisableScaleIn: true,
    },
  };
}

import type { CompiledStage } from '../shared/stage/compiled.ts';
import { schedule } from './schedule.ts';

/** What has services looked at every minute, and says when nobody does. Nothing where nothing is watched. */
export function health({ services }: CompiledStage): Record<string, object> {
  if (Object.keys(services).length === 0) return {};
  return {
    CheckHealthSchedule: everyMinute(),
    CheckHealthFailsAlarm: failsAlarm(),
    CheckHealthSilentAlarm: silentAlarm(),
  };
}

function everyMinute(): object {
  return schedule({
    name: 'check-health',
    description: 'Looks at everything that is watched.',
    expression: 'cron(* * * * ? *)',
    target: { 'Fn::GetAtt': ['CheckHealthLambdaFunction', 'Arn'] },
    role: 'ScheduleRole',
    input: '{}',
    // The next one comes in a minute.
    ...{ maximumAge: 60, attempts: 1 },
  });
}

function failsAlarm(): object {
  return alarm('Errors', {
    AlarmDescription:
      'The checks of Lamplighter fail, so that nobody notices when something goes down. Look at the log of checkHealth.',
    Threshold: 3,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
}

/** What is not there has no errors either. */
function silentAlarm(): object {
  return alarm('Invocations', {
    AlarmDescription:
      'Nobody runs the checks of Lamplighter, which are due every minute. Look at the schedule check-health and the quota of Lambda.',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
}

function alarm(metric: string, properties: object): object {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/Lambda',
      MetricName: metric,
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'CheckHealthLambdaFunction' } }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      ...properties,
      AlarmActions: [{ Ref: 'NoticesTopic' }],
      OKActions: [{ Ref: 'NoticesTopic' }],
    },
  };
}

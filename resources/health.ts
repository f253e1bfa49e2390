import type { CompiledStage } from '../shared/stage/compiled.ts';

/** What has services looked at every minute, and says when nobody does. Nothing where nothing is watched. */
export function health({ services }: CompiledStage): Record<string, object> {
  if (Object.keys(services).length === 0) return {};
  return {
    CheckHealthSchedule: schedule(),
    CheckHealthFailsAlarm: failsAlarm(),
    CheckHealthSilentAlarm: silentAlarm(),
  };
}

function schedule(): object {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: { Ref: 'ScheduleGroup' },
      Name: 'check-health',
      Description: 'Looks at everything that is watched.',
      ScheduleExpression: 'cron(* * * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': ['CheckHealthLambdaFunction', 'Arn'] },
        RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
        Input: '{}',
        // The next one comes in a minute.
        RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 1 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
      },
    },
  };
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

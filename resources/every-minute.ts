import { schedule } from './schedule.ts';

/** A function that runs every minute, and what people are told when it does not. */
export interface EveryMinute {
  /** `check-health`; its logical ids and its function are called after it. */
  name: string;
  description: string;
  fails: string;
  silent: string;
}

export function everyMinute({ name, description, fails, silent }: EveryMinute): Record<string, object> {
  const id = name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  const lambda = `${id}LambdaFunction`;
  return {
    [`${id}Schedule`]: schedule({
      ...{ name, description },
      expression: 'cron(* * * * ? *)',
      target: { 'Fn::GetAtt': [lambda, 'Arn'] },
      role: 'ScheduleRole',
      input: '{}',
      // The next one comes in a minute.
      ...{ maximumAge: 60, attempts: 1 },
    }),
    [`${id}FailsAlarm`]: alarm(lambda, 'Errors', {
      AlarmDescription: fails,
      Threshold: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    }),
    // What is not there has no errors either.
    [`${id}SilentAlarm`]: alarm(lambda, 'Invocations', {
      AlarmDescription: silent,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    }),
  };
}

function alarm(lambda: string, metric: string, properties: object): object {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/Lambda',
      MetricName: metric,
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: lambda } }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      ...properties,
      AlarmActions: [{ Ref: 'NoticesTopic' }],
      OKActions: [{ Ref: 'NoticesTopic' }],
    },
  };
}

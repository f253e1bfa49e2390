import { schedule } from '../schedule.ts';

/** Who watches the watcher: nothing else finds what the sweeper would have found. */
export function pipelineSweeperAlarm(): object {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription:
        'The sweeper of pipelines fails, so that nobody looks after abandoned runs. Look at the log of sweepPipelines.',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'SweepPipelinesLambdaFunction' } }],
      Statistic: 'Sum',
      Period: 1200,
      EvaluationPeriods: 1,
      Threshold: 2,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'NoticesTopic' }],
      OKActions: [{ Ref: 'NoticesTopic' }],
    },
  };
}

/** What looks after runs of pipelines, should the event of an execution's death, or of a beginning, be lost. */
export function pipelineSweeper(): object {
  return schedule({
    name: 'sweep-pipelines',
    description: 'Ends runs of pipelines that were abandoned, begins those that were lost.',
    // On the tens, so that the first valid minute after a spring gap is one of them.
    expression: 'cron(0/10 * * * ? *)',
    target: { 'Fn::GetAtt': ['SweepPipelinesLambdaFunction', 'Arn'] },
    role: 'PipelineScheduleRole',
    input: '{}',
    maximumAge: 600,
    attempts: 5,
  });
}

import { schedule } from '../schedule.ts';

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

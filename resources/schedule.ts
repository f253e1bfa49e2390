/** A schedule of EventBridge Scheduler in the stage's group, as much of it as differs. */
export interface Scheduled {
  name: string;
  description: string;
  /** `cron(…)` or `rate(…)`. */
  expression: string;
  /** UTC without it. */
  timezone?: string;
  /** What is called, with whose rights, and with what. */
  target: object;
  role: string;
  input: string | object;
  /** How long Scheduler tries, and how often; its default is 185 times over a day. */
  maximumAge: number;
  attempts: number;
}

/** What it could not deliver goes to the dead letters. */
export function schedule(scheduled: Scheduled): object {
  const { name, description, expression, timezone, target, role, input, maximumAge, attempts } = scheduled;
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: { Ref: 'ScheduleGroup' },
      Name: name,
      Description: description,
      ScheduleExpression: expression,
      ...(timezone !== undefined && { ScheduleExpressionTimezone: timezone }),
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: target,
        RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
        Input: input,
        RetryPolicy: { MaximumEventAgeInSeconds: maximumAge, MaximumRetryAttempts: attempts },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
      },
    },
  };
}

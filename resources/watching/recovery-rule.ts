import { alarmPrefix, STARTS_RECOVERY } from '../../shared/alarms/names.ts';
import { schedule } from '../schedule.ts';
import trust from '../trust.json' with { type: 'json' };

/**
 * Which changes of alarms start a recovery, which then looks for itself. By how the names begin, so that the rule is as long with
 * hundreds of services as with one; an alarm whose service the stage file does not name is refused by the recovery.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function recoveryPattern(stage: string) {
  return {
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    detail: {
      alarmName: STARTS_RECOVERY.map((alarm) => ({ prefix: alarmPrefix(stage, alarm) })),
      state: { value: ['ALARM'] },
    },
  };
}

/**
 * The rule that starts a recovery.
 *
 * @param machine the logical id of the state machine
 * @param role the logical id of the role that may start it
 */
export function recoveryRule(stage: string, machine: string, role: string): object {
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Description: 'An alarm of a service: is it to be recovered?',
      EventPattern: recoveryPattern(stage),
      Targets: [
        {
          Id: 'recover',
          Arn: { Ref: machine },
          RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
          // A recovery that comes late finds another world.
          RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 5 },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
        },
      ],
    },
  };
}

/** The role with which EventBridge starts it. */
export function recoveryRuleRole(machine: string): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust.events,
      Policies: [
        {
          PolicyName: 'permissions',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: machine } }],
          },
        },
      ],
    },
  };
}

/** What looks after recoveries whose execution died, should the event of its death be lost. */
export function recoverySweeper(): object {
  return schedule({
    name: 'sweep-recoveries',
    description: 'Ends recoveries that were abandoned, and starts what they have stopped.',
    expression: 'cron(0/10 * * * ? *)',
    target: { 'Fn::GetAtt': ['SweepRecoveriesLambdaFunction', 'Arn'] },
    role: 'ScheduleRole',
    input: '{}',
    maximumAge: 600,
    attempts: 5,
  });
}

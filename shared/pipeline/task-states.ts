import { containerOf } from './ask.ts';
import { OUTLAST } from './retries.ts';
import type { State, States } from './states.ts';
import type { Work } from './work-states.ts';

/** A task of ECS that is waited for; where it is known where it logs, the end of that is read for its numbers. */
export function taskStates(step: string, work: Work<'task'>): States {
  const { cluster, definition, subnets, securityGroups, publicIp, logs } = work;
  const AwsvpcConfiguration = {
    ...{ Subnets: subnets, AssignPublicIp: publicIp ? 'ENABLED' : 'DISABLED' },
    ...(securityGroups.length > 0 && { SecurityGroups: securityGroups }),
  };
  const run: State = {
    Type: 'Task',
    Resource: 'arn:aws:states:::ecs:runTask.sync',
    Parameters: {
      ...{ LaunchType: 'FARGATE', Cluster: cluster, TaskDefinition: definition },
      ...{ NetworkConfiguration: { AwsvpcConfiguration }, 'Overrides.$': '$.step.ask.overrides' },
    },
    ResultPath: '$.step.result',
    TimeoutSecondsPath: '$.step.secondsLeft',
    // Of a task that ended badly AWS says States.TaskFailed: that is the job's own.
    Retry: [{ ErrorEquals: ['ECS.ServerException', 'ECS.ThrottlingException', 'AmazonECS.Unknown'], ...OUTLAST }],
    ...(logs ? { Next: `Read ${step}` } : { End: true }),
  };
  return {
    StartAt: step,
    States: { [step]: run, ...(logs && readStates(step, containerOf(work), logs)) },
  };
}

/**
 * Reads the last lines that the task has printed. Where they cannot be read the task has done its work all the same.
 *
 * @source Amazon ECS developer guide, "Send Amazon ECS logs to CloudWatch": streams are named prefix/container/task id
 */
function readStates(step: string, container: string, { group, prefix }: { group: string; prefix: string }) {
  const without = `Without output of ${step}`;
  const id = `States.ArrayGetItem(States.StringSplit($.step.result.TaskArn, '/'), 2)`;
  return {
    [`Read ${step}`]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:cloudwatchlogs:getLogEvents',
      Parameters: {
        LogGroupName: group,
        'LogStreamName.$': `States.Format('${prefix}/${container}/{}', ${id})`,
        ...{ StartFromHead: false, Limit: 50 },
      },
      ResultSelector: { 'lines.$': '$.Events[*].Message' },
      ResultPath: '$.step.output',
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.ALL'], ...OUTLAST, MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.step.unread', Next: without }],
      End: true as const,
    },
    [without]: { Type: 'Pass', End: true as const },
  };
}

import assert from 'node:assert/strict';
import { type Answer, type Aws, type Clause, refuses } from './clauses.ts';

const environment = [
  { name: 'LAMPLIGHTER_PIPELINE', value: 'daily' },
  { name: 'LAMPLIGHTER_STEP', value: 'report' },
  { name: 'LAMPLIGHTER_RUN', value: '2026-11-02T16:30' },
];
const TASK = {
  ...{ cluster: 'contract', taskDefinition: 'contract', launchType: 'FARGATE' },
  overrides: { containerOverrides: [{ name: 'contract', environment }] },
};

/** Starts the machine that asks, and waits until it has handed out its token. */
async function asked(aws: Aws, name: string): Promise<{ executionArn: string; taskToken: string }> {
  const start = { stateMachineArn: aws.asking, name, input: '{}' };
  const { executionArn } = await aws.call('sfn', 'StartExecution', start);
  const read = { TableName: aws.table, Key: { pk: { S: 'token' }, sk: { S: name } } };
  let taskToken = '';
  await aws.until('a token', async () => {
    const { Item } = await aws.call('dynamodb', 'GetItem', read);
    taskToken = Item?.token.S ?? '';
    return taskToken !== '';
  });
  return { executionArn, taskToken };
}

const ended = (aws: Aws, executionArn: string, status: string) =>
  aws.until(status, async () => (await aws.call('sfn', 'DescribeExecution', { executionArn })).status === status);

/** Does something while a command, sent with a comment, is going on; the instance is stopped again afterwards. */
async function commanded(aws: Aws, look: (id: string) => Promise<void>): Promise<void> {
  const InstanceIds = [aws.stopped];
  const is = (wanted: string) => async () => {
    const { Reservations } = await aws.call('ec2', 'DescribeInstances', { InstanceIds });
    return Reservations[0].Instances[0].State.Name === wanted;
  };
  await aws.call('ec2', 'StartInstances', { InstanceIds });
  await aws.until('running', is('running'));
  let id = '';
  const send = {
    ...{ DocumentName: 'AWS-RunShellScript', InstanceIds, Comment: 'a contract' },
    Parameters: { commands: ['sleep 600'] },
  };
  // Its agent takes a while.
  await aws.until('sent', async () => {
    const sent = await aws
      .call('ssm', 'SendCommand', send)
      .catch((error: Error) => refuses('InvalidInstanceId')(error));
    id = sent.Command?.CommandId ?? '';
    return id !== '';
  });
  try {
    await look(id);
  } finally {
    await aws.call('ec2', 'StopInstances', { InstanceIds });
    await aws.until('stopped', is('stopped'));
  }
}

const listed = async (aws: Aws, ...Filters: { key: string; value: string }[]): Promise<Answer[]> =>
  (await aws.call('ssm', 'ListCommands', { Filters })).Commands;

/** What pipelines rely on. */
export const PIPELINE_CLAUSES: Clause[] = [
  {
    says: 'Step Functions: a task that waits for a token ends with what is answered',
    source: 'Step Functions API reference, SendTaskSuccess; developer guide, Wait for a callback with task token',
    holds: async (aws) => {
      const { executionArn, taskToken } = await asked(aws, 'answered');
      assert.equal((await aws.call('sfn', 'DescribeExecution', { executionArn })).status, 'RUNNING');
      await aws.call('sfn', 'SendTaskSuccess', { taskToken, output: '{"answer":42}' });
      await ended(aws, executionArn, 'SUCCEEDED');
      const { output } = await aws.call('sfn', 'DescribeExecution', { executionArn });
      assert.deepEqual(JSON.parse(output), { answer: 42 });
    },
  },
  {
    says: 'Step Functions: a task that waits for a token fails with what is said by it',
    source: 'Step Functions API reference, SendTaskFailure',
    holds: async (aws) => {
      const { executionArn, taskToken } = await asked(aws, 'refused');
      await aws.call('sfn', 'SendTaskFailure', { taskToken, error: 'NotToday', cause: 'rain' });
      await ended(aws, executionArn, 'FAILED');
    },
  },
  {
    says: 'Step Functions: a token that was answered is TaskTimedOut',
    source:
      'Step Functions API reference, SendTaskSuccess: "the task associated with the token has already been closed"',
    holds: async (aws) => {
      const { executionArn, taskToken } = await asked(aws, 'twice');
      await aws.call('sfn', 'SendTaskSuccess', { taskToken, output: '{}' });
      await ended(aws, executionArn, 'SUCCEEDED');
      const again = aws.call('sfn', 'SendTaskSuccess', { taskToken, output: '{}' });
      await assert.rejects(again, refuses('TaskTimedOut'));
    },
  },
  {
    says: 'Systems Manager: a command is listed with its comment and where it was sent',
    source: 'Systems Manager API reference, ListCommands',
    holds: (aws) =>
      commanded(aws, async (id) => {
        const found = (await listed(aws)).find(({ CommandId }) => CommandId === id);
        assert.deepEqual([found?.Comment, found?.DocumentName], ['a contract', 'AWS-RunShellScript']);
        assert.ok(found?.InstanceIds.includes(aws.stopped));
      }),
  },
  {
    says: 'Systems Manager: commands are listed by whether they go on, and by when they were sent',
    source: 'Systems Manager API reference, CommandFilter',
    holds: (aws) =>
      commanded(aws, async (id) => {
        const isIn = (commands: Answer[]) => commands.some(({ CommandId }) => CommandId === id);
        const hour = (hours: number) => `${new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
        const going = { key: 'ExecutionStage', value: 'Executing' };
        assert.ok(isIn(await listed(aws, going, { key: 'InvokedAfter', value: hour(-1) })));
        assert.ok(!isIn(await listed(aws, going, { key: 'InvokedAfter', value: hour(1) })));
        assert.ok(!isIn(await listed(aws, going, { key: 'DocumentName', value: 'AWS-RunPowerShellScript' })));
        await aws.call('ssm', 'CancelCommand', { CommandId: id });
        await aws.until('over', async () => !isIn(await listed(aws, going)));
      }),
  },
  {
    says: 'ECS: a task that is run is not over, and is told to stop by its ARN',
    source: 'ECS API reference, RunTask and StopTask',
    holds: async (aws) => {
      const { tasks, failures } = await aws.call('ecs', 'RunTask', TASK);
      assert.deepEqual(failures, []);
      const [{ taskArn, lastStatus }] = tasks;
      assert.match(taskArn, /^arn:aws:ecs:eu-central-1:\d{12}:task\/contract\/[\w-]+$/);
      assert.notEqual(lastStatus, 'STOPPED');
      const stopped = await aws.call('ecs', 'StopTask', { cluster: 'contract', task: taskArn, reason: 'the contract' });
      assert.equal(stopped.task.taskArn, taskArn);
    },
  },
  {
    says: 'ECS: a task that never was is InvalidParameterException',
    source: 'ECS API reference, StopTask',
    holds: async (aws) => {
      const task = 'arn:aws:ecs:eu-central-1:123456789012:task/contract/0123456789abcdef0123456789abcdef';
      await assert.rejects(
        aws.call('ecs', 'StopTask', { cluster: 'contract', task }),
        refuses('InvalidParameterException'),
      );
    },
  },
];

import assert from 'node:assert/strict';

/** What a call answered; only what a clause looks at is looked at. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any service, read by path
export type Answer = any;

/** AWS, as the model or an emulator plays it, with what the clauses need already there. */
export interface Aws {
  call(service: string, operation: string, input: object): Promise<Answer>;
  /** Asks again until it is so; time passes between. */
  until(what: string, check: () => Promise<boolean>): Promise<void>;
  /** A stopped instance, and a terminated one. */
  stopped: string;
  terminated: string;
  /** A table with keys `pk` and `sk`, and an index `open-runs` by `open` and `sk`. */
  table: string;
  topic: string;
  /** A machine that waits for an hour. */
  machine: string;
  /** A machine that writes a token into the table, beside its execution's name, and waits for the answer. */
  asking: string;
  role: string;
  /** A template with a parameter `Tag` and the nested stack `QueueStack`, in S3. */
  templateUrl: string;
  /** A repository with three images, tagged v1 to v3. */
  repository: string;
  /** The address of a queue with no messages; the cluster and the service `contract-workers` are there too. */
  queue: string;
}

/** One thing that the project relies on, and where AWS says so. */
export interface Clause {
  says: string;
  source: string;
  holds(aws: Aws): Promise<void>;
}

const key = (pk: string, sk = 'a') => ({ pk: { S: pk }, sk: { S: sk } });
const state = async (aws: Aws, id: string) =>
  (await aws.call('ec2', 'DescribeInstances', { InstanceIds: [id] })).Reservations[0].Instances[0].State.Name;
export const refuses = (name: string | RegExp) => (error: Error) => {
  assert.match(error.name, typeof name === 'string' ? new RegExp(`^${name.replaceAll('.', '\\.')}$`) : name);
  return true;
};
const soon = (hours: number) => `at(${new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19)})`;
const schedule = (aws: Aws, Name: string) => ({
  Name,
  ScheduleExpression: soon(5),
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances', RoleArn: aws.role, Input: '{}' },
});

export const CLAUSES: Clause[] = [
  {
    says: 'EC2: an instance that does not exist is InvalidInstanceID.NotFound',
    source: 'EC2 API reference, Error codes',
    holds: async (aws) => {
      const unknown = aws.call('ec2', 'DescribeInstances', { InstanceIds: ['i-0123456789abcdef9'] });
      await assert.rejects(unknown, refuses('InvalidInstanceID.NotFound'));
    },
  },
  {
    says: 'EC2: a stopped instance starts, a running one stops, and asking twice is no error',
    source: 'EC2 API reference, StartInstances and StopInstances; user guide, Instance lifecycle',
    holds: async (aws) => {
      const InstanceIds = [aws.stopped];
      assert.equal(await state(aws, aws.stopped), 'stopped');
      await aws.call('ec2', 'StopInstances', { InstanceIds });
      await aws.call('ec2', 'StartInstances', { InstanceIds });
      await aws.until('running', async () => (await state(aws, aws.stopped)) === 'running');
      await aws.call('ec2', 'StartInstances', { InstanceIds });
      await aws.call('ec2', 'StopInstances', { InstanceIds });
      await aws.until('stopped', async () => (await state(aws, aws.stopped)) === 'stopped');
    },
  },
  {
    says: 'EC2: a filter by ids finds those that there are, and says no error of the others',
    source: 'EC2 API reference, DescribeInstances: the filter instance-id',
    holds: async (aws) => {
      const Filters = [{ Name: 'instance-id', Values: [aws.stopped, 'i-0123456789abcdef9'] }];
      const { Reservations } = await aws.call('ec2', 'DescribeInstances', { Filters, MaxResults: 1000 });
      const ids = Reservations.flatMap(({ Instances }: Answer) =>
        Instances.map(({ InstanceId }: Answer) => InstanceId),
      );
      assert.deepEqual(ids, [aws.stopped]);
    },
  },
  {
    says: 'EC2: an instance that was started and stopped says when it was, to the second',
    source: 'EC2 API reference, Instance: launchTime, reason ("User initiated (2026-11-21 02:31:07 GMT)")',
    holds: async (aws) => {
      const InstanceIds = [aws.stopped];
      const describe = async () =>
        (await aws.call('ec2', 'DescribeInstances', { InstanceIds })).Reservations[0].Instances[0];
      await aws.call('ec2', 'StartInstances', { InstanceIds });
      await aws.until('running', async () => (await state(aws, aws.stopped)) === 'running');
      const launched = new Date((await describe()).LaunchTime).getTime();
      await aws.call('ec2', 'StopInstances', { InstanceIds });
      await aws.until('stopped', async () => (await state(aws, aws.stopped)) === 'stopped');
      const [, stopped] = /^User initiated \((\S+ \S+) GMT\)$/.exec((await describe()).StateTransitionReason) ?? [];
      assert.ok(Date.parse(`${stopped?.replace(' ', 'T')}Z`) + 1000 >= launched, `${stopped} is before its start`);
      assert.match((await describe()).InstanceType, /^[a-z0-9]+\.|^unknown$/);
    },
  },
  {
    says: 'EC2: a terminated instance cannot be started: IncorrectInstanceState',
    source: 'EC2 API reference, Error codes',
    holds: async (aws) => {
      await assert.rejects(
        aws.call('ec2', 'StartInstances', { InstanceIds: [aws.terminated] }),
        refuses('IncorrectInstanceState'),
      );
    },
  },
  {
    says: 'EC2: the shutdown behaviour can be read',
    source: 'EC2 API reference, DescribeInstanceAttribute',
    holds: async (aws) => {
      const asked = { InstanceId: aws.stopped, Attribute: 'instanceInitiatedShutdownBehavior' };
      const { InstanceInitiatedShutdownBehavior } = await aws.call('ec2', 'DescribeInstanceAttribute', asked);
      assert.equal(InstanceInitiatedShutdownBehavior.Value, 'stop');
    },
  },
  {
    says: 'DynamoDB: a condition that does not hold is ConditionalCheckFailedException and writes nothing',
    source: 'DynamoDB API reference, PutItem',
    holds: async (aws) => {
      const put = (value: string) => ({
        TableName: aws.table,
        Item: { ...key('condition'), value: { S: value } },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await aws.call('dynamodb', 'PutItem', put('first'));
      await assert.rejects(aws.call('dynamodb', 'PutItem', put('second')), refuses('ConditionalCheckFailedException'));
      const { Item } = await aws.call('dynamodb', 'GetItem', {
        TableName: aws.table,
        Key: key('condition'),
        ConsistentRead: true,
      });
      assert.deepEqual(Item.value, { S: 'first' });
    },
  },
  {
    says: 'DynamoDB: a failed condition returns the item when asked to',
    source: 'DynamoDB API reference, PutItem, ReturnValuesOnConditionCheckFailure',
    holds: async (aws) => {
      const put = {
        TableName: aws.table,
        Item: { ...key('returns'), holder: { S: 'me' } },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      };
      await aws.call('dynamodb', 'PutItem', put);
      await assert.rejects(aws.call('dynamodb', 'PutItem', put), (error: Error & { Item?: Answer }) => {
        assert.deepEqual(error.Item?.holder, { S: 'me' });
        return true;
      });
    },
  },
  {
    says: 'DynamoDB: of many writers with one condition, one succeeds',
    source: 'DynamoDB developer guide, Condition expressions',
    holds: async (aws) => {
      const put = { TableName: aws.table, Item: key('race'), ConditionExpression: 'attribute_not_exists(pk)' };
      const results = await Promise.allSettled(Array.from({ length: 10 }, () => aws.call('dynamodb', 'PutItem', put)));
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    },
  },
  {
    says: 'DynamoDB: a query can be newest first, and pages by LastEvaluatedKey',
    source: 'DynamoDB API reference, Query',
    holds: async (aws) => {
      for (const sk of ['1', '2', '3', '4', '5'])
        await aws.call('dynamodb', 'PutItem', { TableName: aws.table, Item: key('page', sk) });
      const query = {
        TableName: aws.table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'page' } },
        ScanIndexForward: false,
        Limit: 2,
      };
      const first = await aws.call('dynamodb', 'Query', query);
      const second = await aws.call('dynamodb', 'Query', { ...query, ExclusiveStartKey: first.LastEvaluatedKey });
      const keys = [...first.Items, ...second.Items].map((item: { sk: { S: string } }) => item.sk.S);
      assert.deepEqual(keys, ['5', '4', '3', '2']);
    },
  },
  {
    says: 'DynamoDB: a sparse index holds an item only while it has the attribute',
    source: 'DynamoDB developer guide, Take advantage of sparse indexes',
    holds: async (aws) => {
      const inIndex = async () => {
        const found = await aws.call('dynamodb', 'Query', {
          TableName: aws.table,
          IndexName: 'open-runs',
          KeyConditionExpression: '#open = :open',
          ExpressionAttributeNames: { '#open': 'open' },
          ExpressionAttributeValues: { ':open': { S: 'open' } },
        });
        return found.Items.some((item: { pk: { S: string } }) => item.pk.S === 'sparse');
      };
      await aws.call('dynamodb', 'PutItem', { TableName: aws.table, Item: { ...key('sparse'), open: { S: 'open' } } });
      await aws.until('in the index', inIndex);
      const remove = {
        TableName: aws.table,
        Key: key('sparse'),
        UpdateExpression: 'REMOVE #open',
        ExpressionAttributeNames: { '#open': 'open' },
      };
      await aws.call('dynamodb', 'UpdateItem', remove);
      await aws.until('out of the index', async () => !(await inIndex()));
    },
  },
  {
    says: 'DynamoDB: SET and ADD in one update, with the new values returned',
    source: 'DynamoDB API reference, UpdateItem',
    holds: async (aws) => {
      const update = (run: string) => ({
        TableName: aws.table,
        Key: key('breaker'),
        UpdateExpression: 'SET lastRun = :run ADD failures :one',
        ConditionExpression: 'attribute_not_exists(pk) OR lastRun <> :run',
        ExpressionAttributeValues: { ':run': { S: run }, ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      });
      await aws.call('dynamodb', 'UpdateItem', update('one'));
      await assert.rejects(
        aws.call('dynamodb', 'UpdateItem', update('one')),
        refuses('ConditionalCheckFailedException'),
      );
      assert.equal((await aws.call('dynamodb', 'UpdateItem', update('two'))).Attributes.failures.N, '2');
    },
  },
  {
    says: 'Scheduler: a schedule with a name that exists is ConflictException',
    source: 'EventBridge Scheduler API reference, CreateSchedule',
    holds: async (aws) => {
      await aws.call('scheduler', 'CreateSchedule', schedule(aws, 'conflict'));
      await assert.rejects(
        aws.call('scheduler', 'CreateSchedule', schedule(aws, 'conflict')),
        refuses('ConflictException'),
      );
    },
  },
  {
    says: 'Scheduler: a schedule that does not exist is ResourceNotFoundException when it is deleted',
    source: 'EventBridge Scheduler API reference, DeleteSchedule',
    holds: async (aws) => {
      await aws.call('scheduler', 'CreateSchedule', schedule(aws, 'gone'));
      await aws.call('scheduler', 'DeleteSchedule', { Name: 'gone' });
      await assert.rejects(
        aws.call('scheduler', 'DeleteSchedule', { Name: 'gone' }),
        refuses('ResourceNotFoundException'),
      );
    },
  },
  {
    says: 'Step Functions: the same name and input of a running execution is the same execution',
    source: 'Step Functions API reference, StartExecution',
    holds: async (aws) => {
      const start = { stateMachineArn: aws.machine, name: 'same', input: '{"a":1}' };
      const first = await aws.call('sfn', 'StartExecution', start);
      const again = await aws.call('sfn', 'StartExecution', start);
      assert.equal(again.executionArn, first.executionArn);
    },
  },
  {
    says: 'Step Functions: the same name with another input is ExecutionAlreadyExists',
    source: 'Step Functions API reference, StartExecution',
    holds: async (aws) => {
      const start = (input: string) =>
        aws.call('sfn', 'StartExecution', { stateMachineArn: aws.machine, name: 'other', input });
      await start('{"a":1}');
      await assert.rejects(start('{"a":2}'), refuses('ExecutionAlreadyExists'));
    },
  },
  {
    says: 'Step Functions: a stopped execution is ABORTED',
    source: 'Step Functions API reference, StopExecution and DescribeExecution',
    holds: async (aws) => {
      const { executionArn } = await aws.call('sfn', 'StartExecution', {
        stateMachineArn: aws.machine,
        name: 'stopped',
        input: '{}',
      });
      assert.equal((await aws.call('sfn', 'DescribeExecution', { executionArn })).status, 'RUNNING');
      await aws.call('sfn', 'StopExecution', { executionArn });
      await aws.until(
        'aborted',
        async () => (await aws.call('sfn', 'DescribeExecution', { executionArn })).status === 'ABORTED',
      );
    },
  },
  {
    says: 'Step Functions: executions of a machine are listed by their status, in pages',
    source: 'Step Functions API reference, ListExecutions',
    holds: async (aws) => {
      const start = (name: string) =>
        aws.call('sfn', 'StartExecution', { stateMachineArn: aws.machine, name, input: '{}' });
      const started: string[] = [];
      for (const name of ['listed-1', 'listed-2', 'listed-3']) started.push((await start(name)).executionArn);
      await aws.call('sfn', 'StopExecution', { executionArn: started[2] });
      const running = async (): Promise<string[]> => {
        const found: string[] = [];
        let nextToken: string | undefined;
        do {
          const asked = {
            stateMachineArn: aws.machine,
            statusFilter: 'RUNNING',
            maxResults: 2,
            ...(nextToken && { nextToken }),
          };
          const page = await aws.call('sfn', 'ListExecutions', asked);
          assert.ok(page.executions.length <= 2);
          found.push(...page.executions.map(({ executionArn }: Answer) => executionArn));
          nextToken = page.nextToken;
        } while (nextToken);
        return found;
      };
      await aws.until('the two that run, and not the one that was stopped', async () => {
        const found = await running();
        return started.slice(0, 2).every((arn) => found.includes(arn)) && !found.includes(started[2] ?? '');
      });
    },
  },
  {
    says: 'Step Functions: an execution that never was is ExecutionDoesNotExist',
    source: 'Step Functions API reference, DescribeExecution',
    holds: async (aws) => {
      const executionArn = `${aws.machine.replace(':stateMachine:', ':execution:')}:never`;
      await assert.rejects(aws.call('sfn', 'DescribeExecution', { executionArn }), refuses('ExecutionDoesNotExist'));
    },
  },
  {
    says: 'Systems Manager: a parameter that does not exist is ParameterNotFound',
    source: 'Systems Manager API reference, GetParameter',
    holds: async (aws) => {
      await assert.rejects(aws.call('ssm', 'GetParameter', { Name: '/never' }), refuses('ParameterNotFound'));
    },
  },
  {
    says: 'Systems Manager: a parameter is written over when Overwrite says so, and else is ParameterAlreadyExists',
    source: 'Systems Manager API reference, PutParameter',
    holds: async (aws) => {
      const put = { Name: '/contract', Type: 'SecureString', Value: 'one' };
      await aws.call('ssm', 'PutParameter', put);
      await assert.rejects(
        aws.call('ssm', 'PutParameter', { ...put, Value: 'two' }),
        refuses('ParameterAlreadyExists'),
      );
      await aws.call('ssm', 'PutParameter', { ...put, Value: 'two', Overwrite: true });
      const { Parameter } = await aws.call('ssm', 'GetParameter', { Name: '/contract', WithDecryption: true });
      assert.equal(Parameter.Value, 'two');
    },
  },
  {
    says: 'Systems Manager: a command to an instance whose agent is not online is InvalidInstanceId',
    source: 'Systems Manager API reference, SendCommand',
    holds: async (aws) => {
      const send = {
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [aws.stopped],
        Parameters: { commands: ['true'] },
      };
      await assert.rejects(aws.call('ssm', 'SendCommand', send), refuses('InvalidInstanceId'));
    },
  },
  {
    says: 'Systems Manager: a command that never was is InvocationDoesNotExist',
    source: 'Systems Manager API reference, GetCommandInvocation',
    holds: async (aws) => {
      const asked = { CommandId: '01234567-0123-0123-0123-0123456789ab', InstanceId: aws.stopped };
      await assert.rejects(aws.call('ssm', 'GetCommandInvocation', asked), refuses('InvocationDoesNotExist'));
    },
  },
  {
    says: 'SNS: a topic that does not exist is NotFoundException',
    source: 'SNS API reference, Publish',
    holds: async (aws) => {
      await assert.rejects(
        aws.call('sns', 'Publish', { TopicArn: `${aws.topic}-never`, Message: 'hello' }),
        refuses('NotFoundException'),
      );
    },
  },
  {
    says: 'SNS: a message for each protocol needs a default',
    source: 'SNS API reference, Publish, MessageStructure',
    holds: async (aws) => {
      const publish = (message: object) =>
        aws.call('sns', 'Publish', { TopicArn: aws.topic, MessageStructure: 'json', Message: JSON.stringify(message) });
      await publish({ default: '{}', email: 'hello' });
      await assert.rejects(publish({ email: 'hello' }), refuses('InvalidParameterException'));
    },
  },
];

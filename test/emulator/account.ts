import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { Emulators } from './emulators.ts';
import { eventually } from './eventually.ts';

/** One region of the emulated account, and a stage that is deployed there, seen from outside. */
export class Account {
  readonly endpoint: string;
  readonly region: string;
  readonly stage: string;
  readonly sfn: SFNClient;
  /** Where the machine's own `aws-sdk:ssm` integration puts parameters. */
  readonly ssm: SSMClient;
  /** Where the functions, and the stand-ins for Run Command, look. */
  readonly functionsSsm: SSMClient;
  private readonly ec2: EC2Client;
  private readonly lambda: LambdaClient;
  private readonly scheduler: SchedulerClient;
  private readonly table: DynamoDBDocumentClient;
  private readonly cloudformation: CloudFormationClient;
  private tableName?: string;

  constructor({ endpoint, ssmEndpoint }: Emulators, region: string, stage: string) {
    const where = { endpoint, region };
    this.region = region;
    this.stage = stage;
    this.endpoint = endpoint;
    this.sfn = new SFNClient(where);
    this.ssm = new SSMClient(where);
    this.functionsSsm = new SSMClient({ endpoint: ssmEndpoint, region });
    this.ec2 = new EC2Client(where);
    this.lambda = new LambdaClient(where);
    this.scheduler = new SchedulerClient(where);
    this.table = DynamoDBDocumentClient.from(new DynamoDBClient(where));
    this.cloudformation = new CloudFormationClient(where);
  }

  /** The ARN of a deployed machine, `run-batch`. */
  machineArn(name: string): string {
    return `arn:aws:states:${this.region}:000000000000:stateMachine:lamplighter-${this.stage}-${name}`;
  }

  get topicArn(): string {
    return `arn:aws:sns:${this.region}:000000000000:lamplighter-${this.stage}-notices`;
  }

  /** A new instance that is off, as an owner's instance is between two runs. */
  async stoppedInstance(): Promise<string> {
    const { Instances } = await this.ec2.send(
      new RunInstancesCommand({ ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1 }),
    );
    const id = Instances?.[0]?.InstanceId ?? '';
    await this.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    return id;
  }

  async stateOf(instance = ''): Promise<string | undefined> {
    const { Reservations } = await this.ec2.send(new DescribeInstancesCommand({ InstanceIds: [instance] }));
    return Reservations?.[0]?.Instances?.[0]?.State?.Name;
  }

  /** The deployed resources: logical id to type and name. */
  async resources(): Promise<Map<string, { type: string; id: string }>> {
    const { StackResources = [] } = await this.cloudformation.send(
      new DescribeStackResourcesCommand({ StackName: `lamplighter-${this.stage}` }),
    );
    return new Map(
      StackResources.map(({ LogicalResourceId, ResourceType, PhysicalResourceId }) => [
        LogicalResourceId ?? '',
        { type: ResourceType ?? '', id: PhysicalResourceId ?? '' },
      ]),
    );
  }

  /** The ARNs of the stage's machines that are there. */
  async machines(): Promise<string[]> {
    const { stateMachines = [] } = await this.sfn.send(new ListStateMachinesCommand({}));
    return stateMachines.flatMap(({ name, stateMachineArn = '' }) =>
      name?.startsWith(`lamplighter-${this.stage}-`) ? [stateMachineArn] : [],
    );
  }

  async schedule(name: string, group = `lamplighter-${this.stage}`): Promise<GetScheduleCommandOutput | undefined> {
    try {
      return await this.scheduler.send(new GetScheduleCommand({ Name: name, GroupName: group }));
    } catch (error) {
      if ((error as Error).name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  /**
   * Has the emulator's Scheduler fire what a deployed schedule holds, at once: a one-time schedule with its target. The
   * emulator does not fill in `<aws.scheduler.scheduled-time>`, so that is done here, as Scheduler's documentation says.
   */
  async fire(name: string, scheduledFor: string): Promise<DescribeExecutionOutput> {
    const { Target } = (await this.schedule(name)) ?? {};
    const Input = Target?.Input?.replace('<aws.scheduler.scheduled-time>', scheduledFor);
    await this.scheduler.send(
      new CreateScheduleCommand({
        Name: `${name}-now`,
        GroupName: `lamplighter-${this.stage}`,
        ScheduleExpression: `at(${new Date().toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: { ...Target, Arn: Target?.Arn, RoleArn: Target?.RoleArn, Input },
      }),
    );
    const arn = await eventually(`an execution by ${name}`, async () => {
      const { executions = [] } = await this.sfn.send(new ListExecutionsCommand({ stateMachineArn: Target?.Arn }));
      for (const { executionArn = '' } of executions)
        if ((await this.execution(executionArn)).input === Input) return executionArn;
      return undefined;
    });
    return this.ended(arn);
  }

  /**
   * Starts the target of a deployed schedule as Scheduler would, without waiting for the emulator's ten-second tick.
   *
   * @param changes what is different in the schedule's input
   */
  async deliver(name: string, scheduledFor: string, changes: object = {}): Promise<string> {
    const { Target } = (await this.schedule(name)) ?? {};
    const planned = Target?.Input?.replace('<aws.scheduler.scheduled-time>', scheduledFor) ?? '{}';
    const input = JSON.stringify({ ...JSON.parse(planned), ...changes });
    const { executionArn = '' } = await this.sfn.send(
      new StartExecutionCommand({ stateMachineArn: Target?.Arn, input }),
    );
    return executionArn;
  }

  execution(executionArn: string): Promise<DescribeExecutionOutput> {
    return this.sfn.send(new DescribeExecutionCommand({ executionArn }));
  }

  /** An execution at its end. @throws Error with its last events when it does not end */
  async ended(executionArn: string): Promise<DescribeExecutionOutput> {
    try {
      return await eventually('the end of the execution', async () => {
        const execution = await this.execution(executionArn);
        return execution.status !== 'RUNNING' && execution;
      });
    } catch (cause) {
      const { events = [] } = await this.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      throw new Error(`${executionArn} does not end:\n${JSON.stringify(events.slice(-6), null, 1)}`, { cause });
    }
  }

  /** The states that an execution entered, in order. */
  async states(executionArn = ''): Promise<string[]> {
    const { events = [] } = await this.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  }

  run(workload: string, key: string): Promise<Run | undefined> {
    return this.item(`workload#${workload}`, `run#${key}`) as Promise<Run | undefined>;
  }

  /** Has the sweeper look, as its schedule does every ten minutes. */
  async sweep(): Promise<void> {
    await this.invoke('sweepRuns');
  }

  /** What a deployed function answers. @throws Error with its error when it fails */
  async invoke(name: string, event: object = {}): Promise<unknown> {
    const { FunctionError, Payload } = await this.lambda.send(
      new InvokeCommand({ FunctionName: `lamplighter-${this.stage}-${name}`, Payload: JSON.stringify(event) }),
    );
    const answer = new TextDecoder().decode(Payload);
    if (FunctionError) throw new Error(`${name} failed: ${answer}`);
    return JSON.parse(answer);
  }

  /** All that the table holds. */
  async scan(): Promise<object[]> {
    this.tableName ??= (await this.resources()).get('StateTable')?.id;
    const { Items = [] } = await this.table.send(new ScanCommand({ TableName: this.tableName }));
    return Items;
  }

  /** Asks the front door of the stage, as a browser does. */
  async visit(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
    const api = (await this.resources()).get('FrontDoor')?.id;
    const { hostname, port } = new URL(this.endpoint);
    // ministack knows the API by the name of the host, which fetch does not let anybody choose.
    const host = `${api}.execute-api.localhost:${port}`;
    const [response] = (await once(get({ hostname, port, path, headers: { ...headers, host } }), 'response')) as [
      IncomingMessage,
    ];
    return { status: response.statusCode ?? 0, text: await text(response) };
  }

  async item(pk: string, sk: string): Promise<object | undefined> {
    this.tableName ??= (await this.resources()).get('StateTable')?.id;
    const { Item } = await this.table.send(
      new GetCommand({ TableName: this.tableName, Key: { pk, sk }, ConsistentRead: true }),
    );
    return Item;
  }

  /** The notices with these titles, once all of them have reached the queue of the rig. */
  async heard(titles: string[]): Promise<Notice[] | undefined> {
    const QueueUrl = `${this.endpoint}/000000000000/rig-heard`;
    const answer = await this.wire('sqs', JSON.stringify({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }), {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': 'AmazonSQS.ReceiveMessage',
    });
    const { Messages = [] } = JSON.parse(answer) as { Messages?: { Body: string }[] };
    const notices = Messages.map(({ Body }) => JSON.parse(Body) as Notice);
    const found = titles.flatMap((title) => notices.find((notice) => notice.title === title) ?? []);
    return found.length === titles.length ? found : undefined;
  }

  /** Takes the permissions of a deployed role away. */
  async forbid(role: string): Promise<void> {
    const RoleName = (await this.resources()).get(role)?.id ?? '';
    const request = { Action: 'DeleteRolePolicy', Version: '2010-05-08', RoleName, PolicyName: 'permissions' };
    await this.wire('iam', new URLSearchParams(request), {});
  }

  /** A request by hand, for the services whose clients are no dependency of the project. */
  private async wire(
    service: string,
    body: string | URLSearchParams,
    headers: Record<string, string>,
  ): Promise<string> {
    const Authorization = `AWS4-HMAC-SHA256 Credential=test/20261101/${this.region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const response = await fetch(this.endpoint, { method: 'POST', body, headers: { ...headers, Authorization } });
    const answer = await response.text();
    if (response.ok) return answer;
    throw new Error(`${service} answered ${response.status}: ${answer}`);
  }
}

import { installAgents } from './aws/agent.ts';
import { installApplicationAutoScaling } from './aws/application-auto-scaling.ts';
import { AutoScaling } from './aws/auto-scaling.ts';
import { Billing } from './aws/billing.ts';
import { type BudgetAction, Budgets } from './aws/budgets.ts';
import { CloudFormation } from './aws/cloudformation.ts';
import { CloudWatch } from './aws/cloudwatch.ts';
import type { Machine } from './aws/definition.ts';
import { DynamoDb } from './aws/dynamodb.ts';
import { Ec2 } from './aws/ec2.ts';
import { Ecr } from './aws/ecr.ts';
import { Ecs } from './aws/ecs.ts';
import { Events, type Rule } from './aws/events.ts';
import { invocationsOf } from './aws/invocations.ts';
import { Jobs } from './aws/jobs.ts';
import { Lambda } from './aws/lambda.ts';
import { MetricAlarms } from './aws/metric-alarms.ts';
import { mutesOf } from './aws/mutes.ts';
import { messagesAt } from './aws/queue-messages.ts';
import { QueueMetrics } from './aws/queue-metrics.ts';
import { type QueueWorkers, workersOf } from './aws/queue-workers.ts';
import { RunTasks } from './aws/run-tasks.ts';
import { type Schedule, Scheduler } from './aws/scheduler.ts';
import { StepFunctions } from './aws/sfn.ts';
import { Sns } from './aws/sns.ts';
import { Sqs } from './aws/sqs.ts';
import { Ssm } from './aws/ssm.ts';
import { Iam } from './iam.ts';
import { type Drain, watchBursts } from './outside/drains.ts';
import { Functions } from './outside/functions.ts';
import { JobQueues } from './outside/job-queues.ts';
import { installMending } from './outside/mending.ts';
import { Servers } from './outside/servers.ts';
import { PipelineSteps } from './outside/steps.ts';
import { deployQueues } from './queues.ts';
import { Template } from './template.ts';
import { deployTopics, mayAlarm, mayEnqueue } from './topics.ts';
import type { World } from './world.ts';

/** The modelled services with what the template put into them. */
export interface Deployed {
  iam: Iam;
  cloudformation: CloudFormation;
  cloudwatch: CloudWatch;
  ec2: Ec2;
  dynamodb: DynamoDb;
  /** What became of bursts of jobs. */
  drains: Drain[];
  jobs: Jobs;
  lambda: Lambda;
  queues: JobQueues;
  servers: Servers;
  scheduler: Scheduler;
  sfn: StepFunctions;
  sns: Sns;
  sqs: Sqs;
  ssm: Ssm;
  /** The work of pipelines' steps. */
  steps: PipelineSteps;
  /** The workers of queues. */
  workers: QueueWorkers[];
}

/**
 * Deploys the compiled template into the world: tables, topics, queues, functions, machines, rules and schedules, as
 * CloudFormation would.
 *
 * @param root the folder of the handlers, and of the copies of templates
 * @param stageFile the compiled stage, as it lies in each zip
 * @param bundle the folder of the handlers where they are bundled
 */
export async function deploy(
  world: World,
  compiled: { Resources: Template['resources'] },
  root: string,
  stageFile: string,
  seed = 1,
  bundle?: string,
): Promise<Deployed> {
  const template = new Template(compiled, world.stage.region);
  const iam = new Iam(template);
  world.iam = iam;
  const cloudformation = new CloudFormation(world, root);
  new Ecr(world);
  const ec2 = new Ec2(world);
  const budgets = new Budgets(world, new Billing(world, ec2));
  const servers = new Servers(world, ec2);
  const queues = new JobQueues(world, seed, (reference) => ssm.parameters.get(reference.replace(/^ssm:/, '')));
  const drains = watchBursts(world, queues);
  const workers = workersOf(world, template, queues, seed);
  new Ecs(world, servers, workers);
  const steps = new PipelineSteps(world);
  const tasks = new RunTasks(world, steps);
  const functions = new Functions(world, steps);
  installApplicationAutoScaling(world, workers);
  new AutoScaling(world, ec2, servers);
  const jobs = new Jobs(world, ec2);
  const ssm = new Ssm(world, ec2, jobs, servers, steps);
  const dynamodb = new DynamoDb(world);
  const sqs = new Sqs(world, async (name, event) => lambda.invoke(name, event));
  sqs.countsOf = (url) => messagesAt(world, queues, url);
  const lambda = new Lambda(world, root, (queue, body) => sqs.send(queue, body), bundle);
  world.services['lambda'] = invocationsOf(lambda);
  const events = new Events(world, (arn, event, role) => deliver(world, lambda, arn, event, role));
  const sns = new Sns(world, (queue, body) => sqs.send(queue, body), mayEnqueue(world, template));
  const cloudwatch = new CloudWatch(world, sns, mayAlarm(world, template), (detail) =>
    events.emit('aws.cloudwatch', 'CloudWatch Alarm State Change', detail),
  );
  const sfn = new StepFunctions(
    world,
    (arn, input) => functions.invoke(arn, input) ?? lambda.invoke(arn.split(':').at(-1) ?? '', input),
    (execution) => {
      tasks.stopOf(execution.arn, execution.machineArn.split(':').at(-1));
      events.emit('aws.states', 'Step Functions Execution Status Change', {
        executionArn: execution.arn,
        stateMachineArn: execution.machineArn,
        status: execution.status,
      });
    },
    (task) => tasks.stopped(task),
  );
  const scheduler = new Scheduler(
    world,
    (schedule, input) => target(world, schedule, input),
    (queue, body) => sqs.send(queue, body),
  );
  installAgents(world, ec2, ssm, jobs);
  installMending(world, ec2, servers, lambda);

  for (const { id, properties } of template.of('AWS::DynamoDB::Table'))
    await dynamodb.create(template.name(id), properties);
  for (const { id, properties } of template.of('AWS::Lambda::Function'))
    lambda.functions.set(template.name(id), {
      name: template.name(id),
      handler: String(properties['Handler']),
      timeoutMs: Number(properties['Timeout']) * 1000,
      memoryMb: Number(properties['MemorySize']),
      environment: {
        ...(properties['Environment'] as { Variables?: Record<string, string> } | undefined)?.Variables,
        AWS_LAMBDA_FUNCTION_NAME: template.name(id),
        AWS_REGION: world.stage.region,
        // In Lambda the path is relative to the zip; here the zip is not unpacked.
        STAGE_FILE: stageFile,
      },
      isInVpc: properties['VpcConfig'] !== undefined,
      // Lambda's own number, where the template says nothing.
      retries: 2,
    });
  for (const { properties } of template.of('AWS::Lambda::EventInvokeConfig')) {
    const { OnFailure } = properties['DestinationConfig'] as { OnFailure?: { Destination: string } };
    const lambdaFunction = lambda.functions.get(String(properties['FunctionName']));
    if (lambdaFunction)
      Object.assign(lambdaFunction, {
        retries: Number(properties['MaximumRetryAttempts'] ?? 2),
        onFailure: OnFailure?.Destination,
      });
  }
  for (const { id, properties } of template.of('AWS::StepFunctions::StateMachine'))
    sfn.machines.set(template.arn(id), {
      arn: template.arn(id),
      name: template.name(id),
      definition: JSON.parse(String(properties['DefinitionString'])) as Machine['definition'],
    });
  deployTopics(template, sns, cloudwatch);
  cloudwatch.isMuted = mutesOf(template);
  new MetricAlarms(world, template, servers, cloudwatch);
  new QueueMetrics(world, template, cloudwatch, workers);
  deployQueues(template, sqs);
  for (const { properties } of template.of('AWS::Events::Rule'))
    for (const { Arn, RoleArn } of properties['Targets'] as { Arn: string; RoleArn?: string }[])
      if (RoleArn || mayInvoke(template, Arn))
        events.rules.push({ pattern: properties['EventPattern'] as Rule['pattern'], target: Arn, role: RoleArn });
  for (const { properties } of template.of('AWS::Scheduler::Schedule'))
    scheduler.add(properties as unknown as Schedule);
  for (const { properties } of template.of('AWS::Budgets::BudgetsAction')) budgets.add(actionOf(template, properties));
  return {
    iam,
    cloudformation,
    cloudwatch,
    ec2,
    dynamodb,
    drains,
    jobs,
    lambda,
    queues,
    scheduler,
    servers,
    sfn,
    sns,
    sqs,
    ssm,
    steps,
    workers,
  };
}

/** An action with the limit of its budget. */
function actionOf(template: Template, action: Record<string, unknown>): BudgetAction {
  const name = String(action['BudgetName']);
  const { ExecutionRoleArn, Definition } = action as {
    ExecutionRoleArn: string;
    Definition: { SsmActionDefinition: { InstanceIds: string[] } };
  };
  const budget = template.of('AWS::Budgets::Budget').find(({ id }) => template.name(id) === name)?.properties['Budget'];
  return {
    budget: name,
    limit: Number((budget as { BudgetLimit: { Amount: number } }).BudgetLimit.Amount),
    role: ExecutionRoleArn,
    instances: Definition.SsmActionDefinition.InstanceIds,
  };
}

/** What a schedule calls, with the role that it was given: a machine, a function, or any API by its universal target. */
async function target(world: World, { Target }: Schedule, input: string): Promise<void> {
  world.assume(Target.RoleArn, 'scheduler.amazonaws.com');
  if (Target.Arn.includes(':stateMachine:')) {
    await world.call(Target.RoleArn, 'sfn', 'StartExecution', { stateMachineArn: Target.Arn, input });
    return;
  }
  if (Target.Arn.includes(':function:')) {
    await world.call(Target.RoleArn, 'lambda', 'InvokeFunction', { FunctionName: Target.Arn, Payload: input });
    return;
  }
  const [, service = '', action = ''] = Target.Arn.match(/:::aws-sdk:(\w+):(\w+)/) ?? [];
  await world.call(Target.RoleArn, service, action.charAt(0).toUpperCase() + action.slice(1), JSON.parse(input));
}

/** What a rule calls: a function, or a machine with the role that it was given. */
function deliver(world: World, lambda: Lambda, arn: string, event: object, role: string | undefined): void {
  if (!role) return void lambda.invokeAsync(arn.split(':').at(-1) ?? '', event);
  const lost = (error: Error) => world.journal.write({ what: 'lost', event: `event to ${arn}`, why: error.message });
  const start = async () => {
    world.assume(role, 'events.amazonaws.com');
    await world.call(role, 'sfn', 'StartExecution', { stateMachineArn: arn, input: JSON.stringify(event) });
  };
  start().catch(lost);
}

/** Whether a permission of the template lets EventBridge invoke a function. */
function mayInvoke(template: Template, functionArn: string): boolean {
  return template
    .of('AWS::Lambda::Permission')
    .some(
      ({ properties: { FunctionName, Principal } }) =>
        FunctionName === functionArn && Principal === 'events.amazonaws.com',
    );
}

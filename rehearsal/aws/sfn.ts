import { ExecutionAbortedError, ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import { pipelines } from '../../shared/stage/kinds.ts';
import { ACCOUNT } from '../template.ts';
import { executing, type World } from '../world.ts';
import { LIMITS, limited, type Machine, type State, tasksOf } from './definition.ts';
import { AwsError, integrationError } from './errors.ts';
import { listed } from './executions.ts';
import { renamed, requestOf } from './integration.ts';
import { TaskTokens } from './tokens.ts';

export interface Execution {
  arn: string;
  machine: Machine;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  input: object;
  /** Milliseconds since the epoch. */
  startedAt: number;
  abort: (cause?: string) => void;
  cause?: string;
  /** What it returned, as JSON. */
  output?: string;
}

/** Step Functions: aws-local-stepfunctions interprets, tasks are carried out in the world. */
export class StepFunctions {
  readonly machines = new Map<string, Machine>();
  readonly executions = new Map<string, Execution>();
  /** States entered and retried: what Step Functions bills. */
  transitions = 0;
  readonly #world: World;
  /** Executions of each workload so far. */
  readonly #counts = new Map<string, number>();
  readonly #tokens = new TaskTokens();
  readonly #invoke: (functionArn: string, input: unknown) => Promise<unknown>;
  readonly #ended: (execution: { arn: string; machineArn: string; status: string }) => void;
  readonly #taskStopped: (taskArn: string) => Promise<object>;

  constructor(
    world: World,
    invoke: (functionArn: string, input: unknown) => Promise<unknown>,
    ended: (execution: { arn: string; machineArn: string; status: string }) => void,
    taskStopped: (taskArn: string) => Promise<object> = () => Promise.reject(new Error('there are no tasks')),
  ) {
    this.#world = world;
    this.#invoke = invoke;
    this.#ended = ended;
    this.#taskStopped = taskStopped;
    world.services['sfn'] = {
      StartExecution: ({ stateMachineArn, name, input }: { stateMachineArn: string; name?: string; input?: string }) =>
        this.#start(stateMachineArn, name ?? world.random.hex(32), JSON.parse(input ?? '{}')),
      DescribeExecution: ({ executionArn }: { executionArn: string }) => {
        const { status, cause, output } = this.#get(executionArn);
        return { executionArn, status, ...(cause && { cause }), ...(output && { output }) };
      },
      ListExecutions: (asked: Parameters<typeof listed>[1]) => {
        if (!this.machines.has(asked.stateMachineArn))
          throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${asked.stateMachineArn}'`);
        return listed([...this.executions.values()], asked, world.clock.now);
      },
      StopExecution: ({ executionArn, cause }: { executionArn: string; cause?: string }) => {
        this.#get(executionArn).abort(cause);
        return {};
      },
      ...this.#tokens.operations(),
    };
  }

  isAnyRunning(): boolean {
    return [...this.executions.values()].some(({ status }) => status === 'RUNNING');
  }

  #get(arn: string): Execution {
    const execution = this.executions.get(arn);
    if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  #start(machineArn: string, name: string, input: object): object {
    const machine = this.machines.get(machineArn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = this.executions.get(arn);
    if (known?.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(input))
      return { executionArn: arn };
    if (known) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    this.#run(machine, arn, input);
    return { executionArn: arn };
  }

  #run(machine: Machine, arn: string, input: object): void {
    const execution: Execution = {
      arn,
      machine,
      status: 'RUNNING',
      input,
      startedAt: this.#world.clock.now,
      abort: () => undefined,
    };
    this.executions.set(arn, execution);
    this.#world.journal.write({ what: 'execution', arn, status: 'RUNNING', input });
    let token: string | undefined;
    const Task = {
      get Token() {
        token ??= `token-${arn.split(':').at(-1)}-${nextToken()}`;
        return token;
      },
    };
    const nextToken = () => this.#world.random.hex(24);
    const takeToken = () => {
      const taken = token ?? '';
      token = undefined;
      return taken;
    };
    const abortAfter = this.#abortAfter(input);
    const handlers = Object.fromEntries(
      tasksOf(machine.definition.States).map(([name, state]) => [
        name,
        (taskInput: unknown) => this.#task(execution, name, state, taskInput, takeToken, abortAfter),
      ]),
    );
    const run = new StateMachine(limited(machine.definition), { validationOptions: { noValidate: true } }).run(
      input as Parameters<StateMachine['run']>[0],
      {
        overrides: { taskResourceLocalHandlers: handlers as never },
        context: {
          Execution: { Id: arn, Name: arn.split(':').at(-1) ?? '' },
          StateMachine: { Id: machine.arn, Name: machine.name },
          Task,
        } as never,
      },
    );
    execution.abort = (cause) => {
      if (execution.status !== 'RUNNING') return;
      execution.cause = cause;
      this.#end(execution, 'ABORTED');
      run.abort();
    };
    run.result.then(
      (output) => {
        if (execution.status === 'RUNNING') execution.output = JSON.stringify(output);
        this.#end(execution, 'SUCCEEDED');
      },
      (error: unknown) => {
        if (!(error instanceof ExecutionAbortedError))
          this.#end(execution, 'FAILED', error instanceof ExecutionError ? error.message : String(error));
      },
    );
    void this.#follow(execution, run.eventLogs, abortAfter);
  }

  #end(execution: Execution, status: 'SUCCEEDED' | 'FAILED' | 'ABORTED', why?: string): void {
    if (execution.status !== 'RUNNING') return;
    execution.status = status;
    this.#world.journal.write({ what: 'execution', arn: execution.arn, status: why ? `${status}: ${why}` : status });
    this.#ended({ arn: execution.arn, machineArn: execution.machine.arn, status });
  }

  /** Writes the history; states that are no tasks are aborted from here. */
  async #follow(
    execution: Execution,
    events: AsyncGenerator<{ type: string; state?: { name: string }; Error?: string }>,
    abortAfter: string | undefined,
  ): Promise<void> {
    const phases: Record<string, 'entered' | 'exited' | 'failed' | 'retried'> = {
      StateEntered: 'entered',
      StateExited: 'exited',
      StateFailed: 'failed',
      StateRetried: 'retried',
    };
    for await (const { type, state, Error: error } of events) {
      const phase = phases[type];
      if (!phase || !state || execution.status === 'ABORTED') continue;
      if (phase === 'entered' || phase === 'retried') this.transitions++;
      this.#world.journal.write({
        what: 'state',
        execution: execution.arn,
        state: state.name,
        phase,
        ...(error && { error }),
      });
      if (phase === 'exited' && state.name === abortAfter) execution.abort();
    }
  }

  async #task(
    execution: Execution,
    name: string,
    state: State,
    input: unknown,
    takeToken: () => string,
    abortAfter: string | undefined,
  ): Promise<unknown> {
    const resource = state.Resource ?? '';
    // Before any wait: other branches have tokens of their own.
    const token = resource.endsWith('.waitForTaskToken') ? takeToken() : undefined;
    // A state that is no task is aborted by whoever follows the history: that comes first.
    if (abortAfter && execution.machine.definition.States[abortAfter]?.Type !== 'Task')
      await this.#world.clock.sleep(1);
    // The interpreter lets a retry that was asleep run on after an abort; AWS does not.
    if (execution.status !== 'RUNNING') return new Promise(() => undefined);
    const output = await executing.run(execution.arn, () =>
      token === undefined
        ? this.#carryOut(execution, resource, input)
        : this.#awaitToken(execution, resource, input, token),
    );
    if (execution.status !== 'RUNNING') return new Promise(() => undefined);
    if (name === abortAfter) execution.abort();
    return output;
  }

  async #carryOut(execution: Execution, resource: string, given: unknown): Promise<unknown> {
    const { input } = withoutLimits(given);
    if (resource.endsWith(':::lambda:invoke')) {
      const { FunctionName, Payload } = input as { FunctionName: string; Payload: unknown };
      this.#permit(execution, 'lambda', 'InvokeFunction', { FunctionName });
      return { ExecutedVersion: '$LATEST', Payload: await this.#invoke(FunctionName, Payload), StatusCode: 200 };
    }
    if (resource.endsWith(':::ecs:runTask.sync')) return this.#runTask(execution, input);
    if (resource.includes(':lambda:')) {
      this.#permit(execution, 'lambda', 'InvokeFunction', { FunctionName: resource });
      return this.#invoke(resource, input);
    }
    const [, service = '', action = ''] = resource.match(/:::(?:aws-sdk:)?(\w+):(\w+)/) ?? [];
    await this.#world.clock.sleep(Math.round(this.#world.random.between(30, 120)));
    if (execution.status !== 'RUNNING') return new Promise(() => undefined);
    try {
      const operation = action.charAt(0).toUpperCase() + action.slice(1);
      const output = await this.#world.call(execution.machine.name, service, operation, requestOf(service, input));
      return renamed(service, output, 'toMachine');
    } catch (error) {
      throw error instanceof AwsError ? integrationError(service, error) : error;
    }
  }

  /**
   * Runs a task of ECS and waits for its end.
   *
   * @source Step Functions developer guide, "Run Amazon ECS or Fargate tasks with Step Functions": `States.TaskFailed` with
   * the task as its cause; "Discover service integration patterns": a task of an execution that is aborted is stopped, as
   * far as that goes. Of one whose state's time is up it says nothing: it goes on here.
   */
  async #runTask(execution: Execution, input: unknown): Promise<unknown> {
    for (const operation of ['PutTargets', 'PutRule', 'DescribeRule']) this.#permit(execution, 'events', operation, {});
    for (const RoleArn of this.#rolesOf(input))
      this.#permit(execution, 'iam', 'PassRole', { RoleArn, Service: 'ecs-tasks' });
    const { Tasks } = (await this.#carryOut(execution, 'arn:aws:states:::ecs:runTask', input)) as {
      Tasks: { TaskArn: string }[];
    };
    const [{ TaskArn = '' } = {}] = Tasks;
    for (const operation of ['DescribeTasks', 'StopTask']) this.#permit(execution, 'ecs', operation, { task: TaskArn });
    const task = renamed('ecs', await this.#taskStopped(TaskArn), 'toMachine') as {
      Containers: { ExitCode?: number }[];
    };
    if (execution.status !== 'RUNNING') return new Promise(() => undefined);
    if (task.Containers.every(({ ExitCode }) => ExitCode === 0)) return task;
    throw Object.assign(new Error(JSON.stringify(task)), { name: 'States.TaskFailed' });
  }

  /** The roles of a task's definition, which the stage file names. */
  #rolesOf(input: unknown): string[] {
    const { TaskDefinition } = input as { TaskDefinition: string };
    const works = pipelines(this.#world.stage).flatMap(([, { steps }]) => Object.values(steps).map(({ work }) => work));
    const roles = works.flatMap((work) => (work.by === 'task' && work.definition === TaskDefinition ? work.roles : []));
    return [...new Set(roles)].map((role) => (role.startsWith('arn:') ? role : `arn:aws:iam::${ACCOUNT}:role/${role}`));
  }

  #permit(execution: Execution, service: string, operation: string, input: Record<string, unknown>): void {
    const role = this.#world.iam?.roleOf(execution.machine.name);
    if (!role) return;
    this.#world.assume(role, 'states.amazonaws.com');
    this.#world.permit(role, service, operation, input);
  }

  #awaitToken(execution: Execution, resource: string, input: unknown, token: string): Promise<unknown> {
    const { input: request, limits } = withoutLimits(input);
    const sent = () => this.#carryOut(execution, resource.replace('.waitForTaskToken', ''), request);
    return this.#tokens.wait(token, limits?.heartbeat, sent);
  }

  /** Which state of this run the scenario wants it to be aborted after. */
  #abortAfter(input: object): string | undefined {
    const { service, workload = service } = input as { workload?: string; service?: string };
    if (!workload) return undefined;
    const ordinal = (this.#counts.get(workload) ?? 0) + 1;
    this.#counts.set(workload, ordinal);
    return this.#world
      .faults('abort')
      .find((fault) => this.#world.isFor(fault, workload, ordinal) && this.#world.uses(fault))?.abort;
  }
}

/** What a task is given, and the limits that were put there for it. */
function withoutLimits(given: unknown): { input: unknown; limits?: { heartbeat?: number } } {
  if (!given || typeof given !== 'object' || !(LIMITS in given)) return { input: given };
  const { [LIMITS]: limits, ...input } = given as { [LIMITS]: { heartbeat?: number; timeout?: number } };
  return { input, limits };
}

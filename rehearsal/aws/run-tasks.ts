import { type Course, type PipelineSteps, printed, toldBy } from '../outside/steps.ts';
import { ACCOUNT } from '../template.ts';
import { executing, type World } from '../world.ts';
import { AwsError } from './errors.ts';

interface RunTask {
  cluster: string;
  taskDefinition: string;
  overrides?: { containerOverrides: { name: string; environment: { name: string; value: string }[] }[] };
}

interface Task {
  taskArn: string;
  taskDefinitionArn: string;
  overrides: RunTask['overrides'];
  clusterArn: string;
  lastStatus: 'PROVISIONING' | 'RUNNING' | 'STOPPED';
  containers: { name: string; exitCode?: number; reason?: string }[];
  startedAt?: number;
  stoppedAt?: number;
  stoppedReason?: string;
}

interface Going {
  task: Task;
  course: Course;
  execution: string | undefined;
  whenStopped: Promise<void>;
  stop: (reason: string, exitCode: number) => void;
}

/** How long Fargate takes to have a container run. */
const STARTS_MS = [25_000, 50_000] as const;

/**
 * Tasks of ECS that are no service's: the work of steps of pipelines.
 *
 * @source ECS API reference, RunTask, StopTask, ListTasks (by default those that are to run), DescribeTasks; developer guide,
 * "Amazon ECS task lifecycle"
 */
export class RunTasks {
  readonly #world: World;
  readonly #steps: PipelineSteps;
  readonly #tasks = new Map<string, Going>();

  constructor(world: World, steps: PipelineSteps) {
    this.#world = world;
    this.#steps = steps;
    world.services['ecs'] = {
      ...world.services['ecs'],
      RunTask: (asked: RunTask) => this.#run(asked),
      StopTask: ({ task, reason = 'Task stopped by user' }: { task: string; reason?: string }) => {
        const going = this.#get(task);
        going.stop(reason, 137);
        return { task: structuredClone(going.task) };
      },
      ListTasks: ({ cluster, family }: { cluster: string; family: string }) => ({
        taskArns: [...this.#tasks.values()].flatMap(({ task }) => (isOf(task, cluster, family) ? [task.taskArn] : [])),
      }),
      DescribeTasks: ({ tasks }: { tasks: string[] }) => ({
        tasks: tasks.map((arn) => structuredClone(this.#get(arn).task)),
        failures: [],
      }),
    };
    world.services['cloudwatchlogs'] = {
      GetLogEvents: ({ logStreamName = '' }: { logStreamName?: string }) => this.#log(logStreamName),
    };
  }

  /** Resolves with the task when it has stopped. */
  async stopped(taskArn: string): Promise<Task> {
    const { task, whenStopped } = this.#get(taskArn);
    await whenStopped;
    return task;
  }

  /**
   * Step Functions stops what an execution waits for when that is cut off, with the rights of its machine: once, and whether
   * or not that works.
   *
   * @source Step Functions developer guide, "Discover service integration patterns": "a best-effort attempt"
   */
  stopOf(execution: string, machine = 'states'): void {
    for (const { task, execution: of } of this.#tasks.values()) {
      if (of !== execution || task.lastStatus === 'STOPPED') continue;
      const asked = { task: task.taskArn, reason: 'Aborted by Step Functions' };
      void this.#world.call(machine, 'ecs', 'StopTask', asked).catch(() => undefined);
    }
  }

  #run({ cluster, taskDefinition, overrides }: RunTask): object {
    const [container] = overrides?.containerOverrides ?? [];
    const of = toldBy(Object.fromEntries((container?.environment ?? []).map(({ name, value }) => [name, value])));
    if (!container || !of)
      throw new AwsError('InvalidParameterException', `nobody told ${taskDefinition} what it is for`);
    const arn = (resource: string) => `arn:aws:ecs:${this.#world.stage.region}:${ACCOUNT}:${resource}`;
    const task: Task = {
      taskArn: arn(`task/${cluster}/${this.#world.random.hex(32)}`),
      taskDefinitionArn: arn(`task-definition/${taskDefinition}${taskDefinition.includes(':') ? '' : ':1'}`),
      overrides,
      clusterArn: arn(`cluster/${cluster}`),
      lastStatus: 'PROVISIONING',
      containers: [{ name: container.name }],
    };
    const { promise, resolve } = Promise.withResolvers<void>();
    const course = this.#steps.begin(of);
    const stop: Going['stop'] = (reason, exitCode) => {
      if (task.lastStatus === 'STOPPED') return;
      const stoppedAt = this.#world.clock.now;
      Object.assign(task, { lastStatus: 'STOPPED', stoppedAt, stoppedReason: reason });
      Object.assign(task.containers[0] ?? {}, { exitCode });
      this.#steps.end(course, exitCode === 0);
      resolve();
    };
    this.#tasks.set(task.taskArn, { task, course, execution: executing.getStore(), whenStopped: promise, stop });
    void this.#work(task, course, stop);
    return { tasks: [structuredClone(task)], failures: [] };
  }

  async #work(task: Task, { milliseconds, exitCode }: Course, stop: Going['stop']): Promise<void> {
    const { clock, random } = this.#world;
    await clock.sleep(Math.round(random.between(...STARTS_MS)));
    if (task.lastStatus === 'STOPPED') return;
    Object.assign(task, { lastStatus: 'RUNNING', startedAt: clock.now });
    if (milliseconds === Number.POSITIVE_INFINITY) return;
    await clock.sleep(milliseconds);
    stop('Essential container in task exited', exitCode);
  }

  /** What a task has printed: its stream is named after it. */
  #log(stream: string): object {
    const going = [...this.#tasks.values()].find(({ task }) => stream.endsWith(`/${task.taskArn.split('/').at(-1)}`));
    if (!going) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return {
      events: printed(going.course)
        .split('\n')
        .filter(Boolean)
        .map((message) => ({ message })),
    };
  }

  #get(arn: string): Going {
    const going = this.#tasks.get(arn);
    if (!going) throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
    return going;
  }
}

/** Whether it is a task of a family in a cluster that is to run. */
function isOf({ lastStatus, clusterArn, taskDefinitionArn }: Task, cluster: string, family: string): boolean {
  const isIn = clusterArn.endsWith(`/${cluster}`) && taskDefinitionArn.split('/').at(-1)?.split(':')[0] === family;
  return isIn && lastStatus !== 'STOPPED';
}

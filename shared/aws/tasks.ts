import { DescribeTasksCommand, ECSClient, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs';

const ecs = new ECSClient({});

/** A task of ECS that has not been asked to stop. */
export interface RunningTask {
  arn: string;
  /** What its containers were told when it was begun, beside what its definition says. */
  environment: Record<string, string>;
}

/**
 * The tasks of a family in a cluster that have not been asked to stop.
 *
 * @source ECS API reference: ListTasks gives at most 100, which is as many as DescribeTasks takes
 */
export async function runningTasks(cluster: string, family: string): Promise<RunningTask[]> {
  const running: RunningTask[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.send(new ListTasksCommand({ cluster, family, desiredStatus: 'RUNNING', nextToken }));
    const { taskArns: tasks = [] } = page;
    const { tasks: described = [] } =
      tasks.length > 0 ? await ecs.send(new DescribeTasksCommand({ cluster, tasks })) : {};
    for (const { taskArn: arn = '', overrides } of described) {
      const variables = overrides?.containerOverrides?.flatMap(({ environment = [] }) => environment) ?? [];
      running.push({ arn, environment: Object.fromEntries(variables.map(({ name, value }) => [name, value])) });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return running;
}

/** Has a task stop: its containers have 30 seconds then. One that has stopped stays as it is. */
export async function stopTask(cluster: string, arn: string, reason: string): Promise<void> {
  await ecs.send(new StopTaskCommand({ cluster, task: arn, reason }));
}

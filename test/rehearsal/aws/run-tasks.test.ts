import { afterEach, expect, test } from '@jest/globals';
import { RunTasks } from '../../../rehearsal/aws/run-tasks.ts';
import { executing } from '../../../rehearsal/world.ts';
import { KEY, StepsWorld } from '../steps-world.ts';

let made: StepsWorld;
function tasksOf(scenario: object = {}): RunTasks {
  made = new StepsWorld(scenario);
  return new RunTasks(made.world, made.steps);
}
afterEach(() => made.end());

// biome-ignore lint/suspicious/noExplicitAny: answers of any service
const call = (operation: string, input: object, service = 'ecs'): Promise<any> =>
  made.world.call('a test', service, operation, input);

const TOLD = { LAMPLIGHTER_PIPELINE: 'daily', LAMPLIGHTER_STEP: 'report', LAMPLIGHTER_RUN: KEY };
const environment = Object.entries(TOLD).map(([name, value]) => ({ name, value }));
const REPORT = {
  ...{ cluster: 'app', taskDefinition: 'reports' },
  overrides: { containerOverrides: [{ name: 'reports', environment }] },
};

async function run(execution?: string): Promise<string> {
  const { tasks } = await executing.run(execution, () => call('RunTask', REPORT));
  return tasks[0].taskArn;
}

/** How a task has stopped; undefined while it has not. */
async function stopped(tasks: RunTasks, arn: string) {
  let known: Awaited<ReturnType<RunTasks['stopped']>> | undefined;
  void tasks.stopped(arn).then((task) => {
    known = task;
  });
  await made.pass(0.001);
  return known;
}

test('a task is run - it starts as Fargate does, works, and its container ends with 0', async () => {
  const tasks = tasksOf({ steps: { daily: { report: { takes: ['60s', '60s'] } } } });
  const { tasks: begun, failures } = await call('RunTask', REPORT);
  const [{ taskArn, lastStatus, containers }] = begun;
  expect(failures).toEqual([]);
  expect({ lastStatus, containers }).toEqual({ lastStatus: 'PROVISIONING', containers: [{ name: 'reports' }] });
  expect(taskArn).toMatch(/^arn:aws:ecs:eu-central-1:\d{12}:task\/app\/[0-9a-f]{32}$/);
  await made.pass(84);
  expect(await stopped(tasks, taskArn)).toBeUndefined();
  await made.pass(30);
  const task = await stopped(tasks, taskArn);
  expect(task).toMatchObject({
    ...{ lastStatus: 'STOPPED', stoppedReason: 'Essential container in task exited' },
    containers: [{ name: 'reports', exitCode: 0 }],
  });
  const { startedAt = 0, stoppedAt = 0 } = task ?? {};
  expect(stoppedAt - startedAt).toBe(60_000);
  expect(startedAt - made.begunAt).toBeGreaterThanOrEqual(25_000);
  expect(made.history()).toEqual(['report 1 begun', 'report 1 well']);
});

test('it fails - its container ends with that', async () => {
  const tasks = tasksOf({ faults: [{ step: 'report', ends: 'fails', exitCode: 3 }] });
  const arn = await run();
  await made.pass(120);
  expect(await stopped(tasks, arn)).toMatchObject({ containers: [{ exitCode: 3 }] });
  expect(made.history()).toEqual(['report 1 begun', 'report 1 badly']);
});

test('it hangs, and is stopped - its container was killed, and nothing of it comes later', async () => {
  const tasks = tasksOf({ faults: [{ step: 'report', ends: 'hangs' }] });
  const arn = await run();
  await made.pass(7200);
  expect(await stopped(tasks, arn)).toBeUndefined();
  await call('StopTask', { cluster: 'app', task: arn });
  const killed = { stoppedReason: 'Task stopped by user', containers: [{ exitCode: 137 }] };
  expect(await stopped(tasks, arn)).toMatchObject(killed);
  await call('StopTask', { cluster: 'app', task: arn });
  expect(made.history()).toEqual(['report 1 begun', 'report 1 badly']);
});

test('stopped before it has started - it never works', async () => {
  const tasks = tasksOf();
  const arn = await run();
  await call('StopTask', { cluster: 'app', task: arn });
  await made.pass(300);
  expect((await stopped(tasks, arn))?.startedAt).toBeUndefined();
  expect(made.history()).toEqual(['report 1 begun', 'report 1 badly']);
});

test('an execution is cut off - its own tasks are stopped, and no others', async () => {
  const tasks = tasksOf({ steps: { daily: { report: { takes: ['10m', '10m'] } } } });
  const [mine, other, nobodys] = [await run('execution-1'), await run('execution-2'), await run()];
  tasks.stopOf('execution-1');
  expect(await stopped(tasks, mine)).toMatchObject({ stoppedReason: 'Aborted by Step Functions' });
  expect(await stopped(tasks, other)).toBeUndefined();
  expect(await stopped(tasks, nobodys)).toBeUndefined();
});

test('an execution is cut off, and ECS has trouble just then - its task goes on', async () => {
  const tasks = tasksOf({ faults: [{ call: 'ecs.StopTask', error: 'ServerException', times: 1 }] });
  const arn = await run('execution-1');
  tasks.stopOf('execution-1');
  expect(await stopped(tasks, arn)).toBeUndefined();
  tasks.stopOf('execution-1');
  expect(await stopped(tasks, arn)).toMatchObject({ stoppedReason: 'Aborted by Step Functions' });
});

test('the tasks that are to run - are listed by their cluster and family, and described', async () => {
  tasksOf();
  const [going, over] = [await run(), await run()];
  await call('StopTask', { cluster: 'app', task: over });
  const list = (family: string, cluster = 'app') => call('ListTasks', { cluster, family });
  expect(await list('reports')).toEqual({ taskArns: [going] });
  expect(await list('others')).toEqual({ taskArns: [] });
  expect(await list('reports', 'other')).toEqual({ taskArns: [] });
  const described = await call('DescribeTasks', { cluster: 'app', tasks: [going] });
  expect(described).toMatchObject({ tasks: [{ taskArn: going, overrides: REPORT.overrides }], failures: [] });
});

test('what it has printed - is in the stream that is named after it; another stream is not there', async () => {
  tasksOf({ steps: { daily: { report: { numbers: { pages: 12 } } } } });
  const arn = await run();
  const asked = (stream: string) =>
    call('GetLogEvents', { logGroupName: '/ecs/reports', logStreamName: stream }, 'cloudwatchlogs');
  const id = arn.split('/').at(-1);
  expect(await asked(`reports/reports/${id}`)).toEqual({ events: [{ message: '::metric pages=12' }] });
  await expect(asked(`reports/reports/${id}0`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a task that is told nothing, and one that never was - InvalidParameterException', async () => {
  tasksOf();
  const refused = { name: 'InvalidParameterException' };
  await expect(call('RunTask', { ...REPORT, overrides: undefined })).rejects.toMatchObject(refused);
  const containerOverrides = [{ name: 'reports', environment: environment.slice(1) }];
  await expect(call('RunTask', { ...REPORT, overrides: { containerOverrides } })).rejects.toMatchObject(refused);
  await expect(call('StopTask', { cluster: 'app', task: 'never' })).rejects.toMatchObject(refused);
  expect(made.history()).toEqual([]);
});

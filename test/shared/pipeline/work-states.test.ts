import { describe, expect, test } from '@jest/globals';
import validate from 'asl-validator';
import { StateMachine } from 'aws-local-stepfunctions';
import { LIMITS, limited, type Machine, tasksOf } from '../../../rehearsal/aws/definition.ts';
import { VirtualClock } from '../../../rehearsal/clock.ts';
import { catching, followedBy, type States } from '../../../shared/pipeline/states.ts';
import { workStates } from '../../../shared/pipeline/work-states.ts';
import type { PipelineStep, StepWork } from '../../../shared/stage/compiled.ts';
import { aStep, COMMAND, RUN, SERVER } from './a-pipeline.ts';

const arn = (name: string) => `arn:aws:lambda:ap-northeast-2:123456789012:function:${name}`;
const REFS = {
  ...{ callHttp: arn('call-http'), checkCommand: arn('check-command'), checkDag: arn('check-dag') },
  ...{ startDag: arn('start-dag'), stateTable: 'state' },
};
const TASK: Extract<StepWork, { by: 'task' }> = {
  ...{ by: 'task', cluster: 'jobs', definition: 'nightly', environment: {}, subnets: ['subnet-1'] },
  ...{ securityGroups: [], publicIp: false, roles: [] },
};
const HTTP: StepWork = { by: 'http', url: 'https://example.com', method: 'GET', headers: {}, withinSeconds: 30 };
const DAG: StepWork = { by: 'airflow', url: 'https://example.com', dag: 'x', api: 1, secret: 'ssm:/x', conf: {} };
const LAMBDA: StepWork = { by: 'function', name: 'rank', payload: {} };
const LOGS = { group: '/ecs/nightly', prefix: 'ecs' };
const ASK = { command: { a: 'command' }, payload: { a: 'payload' }, overrides: { a: 'override' } };
const RETRY = { times: 3, waitSeconds: 10, backoff: 2 };

/** What each state answers, time after time: an error's name where it fails; the last again and again. */
type Answers = Record<string, (string | object)[]>;

const SENT = { Command: { CommandId: 'cmd-1', RequestedDateTime: '2026-11-23T07:30:10Z' } };

/** Runs a step's work on virtual time; what it was asked is told by state, with the second it was asked at. */
async function run(step: PipelineStep, answers: Answers) {
  const clock = new VirtualClock(0);
  const asked: [string, number][] = [];
  const inputs: Record<string, unknown> = {};
  let tries = 0;
  const handler = (name: string) => async (input: Record<string, unknown>) => {
    const { [LIMITS]: _, ...rest } = input;
    inputs[name] = rest;
    asked.push([name, clock.now / 1000]);
    if (name.startsWith('Try ')) return { Attributes: { tries: { N: String(++tries) } } };
    const [answer = {}] =
      (answers[name]?.length ?? 0) > 1 ? (answers[name]?.splice(0, 1) ?? []) : (answers[name] ?? []);
    if (typeof answer === 'string') throw Object.assign(new Error(answer), { name: answer });
    return answer;
  };
  const { States, StartAt } = followedBy(workStates('kospi', step, REFS), 'Ended');
  // As the states around them do it.
  const caught = Object.entries(States).map(([name, state]) => [name, catching(state, '$.step.error', 'Ended')]);
  const ended = { Ended: { Type: 'Succeed' } };
  const definition = { StartAt, States: { ...Object.fromEntries(caught), ...ended } } as Machine['definition'];
  try {
    const taskResourceLocalHandlers = Object.fromEntries(
      tasksOf(definition.States).map(([name]) => [name, handler(name)]),
    ) as never;
    const { result } = new StateMachine(limited(definition), { validationOptions: { noValidate: true } }).run(
      {
        run: RUN,
        step: { decision: 'run', secondsLeft: 300, ask: ASK },
      },
      { overrides: { taskResourceLocalHandlers } },
    );
    let isOver = false;
    const over = (result as Promise<{ run: unknown; step: { error?: { Error: string } } }>).finally(() => {
      isOver = true;
    });
    const [output] = await Promise.all([over, clock.runUntil(Number.POSITIVE_INFINITY, () => isOver)]);
    return { output, error: output.step.error?.Error, asked, inputs };
  } finally {
    clock.uninstall();
  }
}

test.each<[string, PipelineStep]>([
  ['command', aStep(COMMAND)],
  ['command with retries', aStep(COMMAND, { retry: RETRY })],
  ['task', aStep(TASK)],
  ['task with logs and retries', aStep({ ...TASK, logs: LOGS }, { retry: RETRY })],
  ['function', aStep(LAMBDA)],
  ['http', aStep(HTTP)],
  ['airflow', aStep(DAG)],
])('the states of a step by %s - a machine that AWS takes', (_, step) => {
  const { States, StartAt }: States = workStates('kospi', step, REFS);
  const judged = validate({ StartAt, States });
  expect([judged.isValid, judged.errorsText()]).toEqual([true, '']);
  // What is waited for is bounded, and what fails is named after the step.
  for (const [name, state] of tasksOf(States as never)) {
    expect(name).toMatch(/\bkospi$/);
    expect(state.TimeoutSeconds ?? state.TimeoutSecondsPath).toBeDefined();
  }
});

describe('a command', () => {
  test('it is sent once, and asked after until it has ended', async () => {
    const { output, asked, inputs } = await run(aStep(), {
      kospi: [SENT],
      'Await kospi': ['CommandInProgress', 'CommandInProgress', { exitCode: 0, numbers: { n: 1 } }],
    });
    expect(asked.map(([name]) => name)).toEqual(['kospi', 'Await kospi', 'Await kospi', 'Await kospi']);
    expect(inputs['kospi']).toEqual({ a: 'command' });
    expect(inputs['Await kospi']).toEqual({
      ...{ commandId: 'cmd-1', instanceId: SERVER, sentAt: '2026-11-23T07:30:10Z', seconds: 300 },
      ...{ deadlineAt: RUN.deadlineAt, workload: 'collection' },
    });
    expect(output).toMatchObject({ run: RUN, step: { decision: 'run', result: { numbers: { n: 1 } } } });
  });

  test('it fails - as it is, where nothing is said of tries', async () => {
    const { error, asked } = await run(aStep(), { kospi: [SENT], 'Await kospi': ['JobFailed'] });
    expect([error, asked.length]).toEqual(['JobFailed', 2]);
  });

  test('it fails twice, then succeeds - sent three times, each time later, and counted', async () => {
    const { output, asked, inputs } = await run(aStep(COMMAND, { retry: RETRY }), {
      kospi: [SENT],
      'Await kospi': ['JobFailed', 'CommandInProgress', 'JobFailed', { exitCode: 0 }],
    });
    expect(asked.filter(([name]) => name === 'Try kospi').map(([, at]) => at)).toEqual([0, 10, 35]);
    expect(inputs['Try kospi']).toMatchObject({
      Key: { pk: { S: 'workload#collection' }, sk: { S: 'step#kospi#2026-11-23T16:30' } },
    });
    expect(output).toMatchObject({ run: RUN, step: { result: { exitCode: 0 }, try: { number: '3' } } });
  });

  test('it fails every time - tried as often as is said, and failed as it did', async () => {
    const { error, asked } = await run(aStep(COMMAND, { retry: RETRY }), {
      kospi: [SENT],
      'Await kospi': ['JobFailed'],
    });
    expect([error, asked.filter(([name]) => name === 'kospi').length]).toEqual(['JobFailed', 4]);
  });

  test.each(['DeadlineExceeded', 'ConfigurationMissing'])('%s - is not tried again', async (name) => {
    const { error, asked } = await run(aStep(COMMAND, { retry: RETRY }), { kospi: [SENT], 'Await kospi': [name] });
    expect([error, asked.length]).toEqual([name, 3]);
  });

  test('AWS is in trouble - outlasted, without another try of the job', async () => {
    const { output, asked } = await run(aStep(COMMAND, { retry: RETRY }), {
      kospi: ['Ssm.ThrottlingException', SENT],
      'Await kospi': ['ThrottlingException', 'ServiceUnavailable', { exitCode: 0 }],
    });
    expect(asked.filter(([name]) => name === 'Try kospi')).toHaveLength(1);
    expect(output).toMatchObject({ step: { try: { number: '1' } } });
  });
});

describe('a task', () => {
  const ran = { TaskArn: 'arn:aws:ecs:ap-northeast-2:123456789012:task/jobs/0123abcd' };

  test('where it logs is known - the end of that is read, in its own stream', async () => {
    const { output, inputs } = await run(aStep({ ...TASK, logs: LOGS }), {
      kospi: [ran],
      'Read kospi': [{ Events: [{ Message: 'one' }, { Message: '::metric n=1' }] }],
    });
    expect(inputs['Read kospi']).toMatchObject({ LogGroupName: LOGS.group, LogStreamName: 'ecs/nightly/0123abcd' });
    expect(output.step).toMatchObject({ result: ran, output: { lines: ['one', '::metric n=1'] } });
  });

  test('its log cannot be read - it has succeeded all the same', async () => {
    const { output } = await run(aStep({ ...TASK, logs: LOGS }), { kospi: [ran], 'Read kospi': ['AccessDenied'] });
    expect(output.step).toMatchObject({ result: ran, unread: { Error: 'AccessDenied' } });
    expect(output.step).not.toHaveProperty('error');
  });

  test('it fails, and AWS is in trouble - only the first is the job’s', async () => {
    const { asked, error } = await run(aStep(TASK, { retry: { ...RETRY, times: 1 } }), {
      kospi: ['ECS.ServerException', 'States.TaskFailed'],
    });
    expect(error).toBe('States.TaskFailed');
    expect(asked.map(([name]) => name)).toEqual(['Try kospi', 'kospi', 'kospi', 'Try kospi', 'kospi']);
  });
});

test('a function - its payload, and what it answers', async () => {
  const { output, inputs } = await run(aStep(LAMBDA), { kospi: [{ Payload: { ranked: 10 }, StatusCode: 200 }] });
  expect(inputs['kospi']).toEqual({ FunctionName: 'rank', Payload: { a: 'payload' } });
  expect(output.step).toMatchObject({ result: { payload: { ranked: 10 } } });
});

test('a DAG run that fails - another try is another DAG run', async () => {
  const { inputs, asked } = await run(aStep(DAG, { retry: { ...RETRY, times: 1 } }), {
    kospi: [{ id: 'one', startedAt: 'now' }],
    'Await kospi': ['DagInProgress', 'DagFailed', { log: 'page' }],
  });
  expect(asked.map(([name]) => name).filter((name) => name === 'kospi')).toHaveLength(2);
  expect(inputs['kospi']).toMatchObject({ step: 'kospi', run: RUN, said: { try: { number: '2' } } });
  expect(inputs['Await kospi']).toMatchObject({ dag: { id: 'one', startedAt: 'now' }, seconds: 300 });
});

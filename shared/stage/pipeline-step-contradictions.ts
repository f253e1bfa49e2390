import { seconds } from './duration.ts';
import type { Fault } from './faults.ts';
import type { Pipeline } from './pipeline.ts';
import type { Step, WrittenExpectation } from './pipeline-step.ts';
import type { StageFile } from './schema.ts';

type Path = Fault['path'];

const WORKS = ['command', 'task', 'function', 'http', 'check', 'airflow'] as const;

/** What in one step excludes itself, its pipeline or the rest of the stage. */
export function stepContradictions(
  path: Path,
  step: Step,
  pipeline: Pipeline,
  workloads: StageFile['workloads'],
): Fault[] {
  const works = WORKS.filter((work) => step[work] !== undefined);
  if (works.length !== 1) return [ofWorks(path, works)];
  return [
    ...ofPlace(path, step, pipeline, workloads),
    ...ofDeadline(path, step, pipeline),
    ...ofBesides(path, step),
    ...ofNumbers(path, step),
    ...ofCall(path, step),
    ...ofTask(path, step),
    ...ofAirflow(path, step),
    ...Object.entries(step.expect).flatMap(([metric, expected]) =>
      ofExpectation([...path, 'expect', metric], metric, expected),
    ),
  ];
}

function ofWorks(path: Path, works: string[]): Fault {
  const expected = `one of ${WORKS.join(', ')}`;
  if (works.length === 0) return { path, found: undefined, expected, mend: 'write what it does: command: ./step.sh' };
  return { path, found: works.join(', '), expected, mend: 'make a step of each, one of which needs the other' };
}

/** A command needs a server, and one that is on. */
function ofPlace(path: Path, step: Step, pipeline: Pipeline, workloads: StageFile['workloads']): Fault[] {
  const isCommand = typeof (step.command ?? step.check) === 'string';
  if (!isCommand)
    return step.on
      ? [{ path: [...path, 'on'], found: step.on, expected: 'no place, since it runs no command', mend: 'take on out' }]
      : [];
  const instance = step.on?.instance ?? pipeline.on?.instance;
  if (instance === undefined)
    return [
      {
        path: [...path, 'on'],
        found: step.on,
        expected: 'the server that its command runs on',
        mend: 'write on: { instance: mi-… } in the step, or once in the pipeline',
      },
    ];
  const owner = Object.entries(workloads).find(
    ([, workload]) => workload.kind === 'batch' && workload.instance.id === instance,
  )?.[0];
  if (owner === undefined) return [];
  const own = step.on?.instance === undefined ? path.slice(0, 2) : path;
  return [
    {
      path: [...own, 'on', 'instance'],
      found: instance,
      expected: `a server that stays on; ${owner} starts and stops this one`,
      mend: `use another one, or make the command a part of ${owner}`,
    },
  ];
}

function ofDeadline(path: Path, { deadline }: Step, pipeline: Pipeline): Fault[] {
  if (deadline === undefined || seconds(deadline) <= seconds(pipeline.deadline)) return [];
  return [
    {
      path: [...path, 'deadline'],
      found: deadline,
      expected: `at most the deadline of the pipeline, ${pipeline.deadline}`,
      mend: 'lower it, or raise that of the pipeline',
    },
  ];
}

function ofBesides(path: Path, step: Step): Fault[] {
  const { payload, check, expect } = step;
  return [
    ...(payload !== undefined && step.function === undefined
      ? [
          {
            path: [...path, 'payload'],
            ...{ found: payload, expected: 'no payload, since it calls no function', mend: 'take payload out' },
          },
        ]
      : []),
    ...(check !== undefined && Object.keys(expect).length === 0
      ? [
          {
            path: [...path, 'expect'],
            found: undefined,
            expected: 'what its numbers have to be, since it does nothing else',
            mend: 'add expect: { collected: { atLeast: 2700 } }',
          },
        ]
      : []),
  ];
}

/** Where numbers are expected, some have to come. */
function ofNumbers(path: Path, { task, airflow, expect }: Step): Fault[] {
  if (Object.keys(expect).length === 0) return [];
  if (airflow)
    return [
      {
        path: [...path, 'expect'],
        found: expect,
        expected: 'no numbers, since a run of a DAG reports none',
        mend: 'expect them of a check that needs this step',
      },
    ];
  if (!task || task.logs) return [];
  return [
    {
      path: [...path, 'task', 'logs'],
      found: undefined,
      expected: 'where its output is, since numbers are expected of it',
      mend: 'add logs: { group: …, prefix: … }, as the task definition has them',
    },
  ];
}

function ofCall(path: Path, { http, check }: Step): Fault[] {
  const call = http ?? (typeof check === 'string' ? undefined : check);
  const here = [...path, http ? 'http' : 'check'];
  if (!call) return [];
  return [
    ...(seconds(call.within) > 300
      ? [
          {
            path: [...here, 'within'],
            found: call.within,
            expected: 'at most 5m',
            mend: 'what takes longer is to answer at once, and to be looked at by a check after it',
          },
        ]
      : []),
    ...(call.body !== undefined && call.method === 'GET'
      ? [{ path: [...here, 'body'], found: call.body, expected: 'POST or PUT for a body', mend: 'add method: POST' }]
      : []),
  ];
}

/** What a task is given is for everybody to see who may look at it. */
function ofTask(path: Path, { task }: Step): Fault[] {
  return Object.entries(task?.environment ?? {}).flatMap(([name, value]) =>
    value.startsWith('ssm:')
      ? [
          {
            path: [...path, 'task', 'environment', name],
            found: value,
            expected: 'a plain value, since ECS hands it over as it is',
            mend: 'write it into the secrets of the task definition',
          },
        ]
      : [],
  );
}

function ofAirflow(path: Path, { airflow }: Step): Fault[] {
  if (!airflow) return [];
  const { user, password, token } = airflow;
  const isWhole = token === undefined ? user !== undefined && password !== undefined : !user && !password;
  if (isWhole) return [];
  return [
    {
      path: [...path, 'airflow'],
      found: [...(user ? ['user'] : []), ...(password ? ['password'] : []), ...(token ? ['token'] : [])].join(', '),
      expected: 'user and password, or a token',
      mend: 'write user: and password: ssm:/…, or token: ssm:/… alone',
    },
  ];
}

function ofExpectation(path: Path, metric: string, expected: WrittenExpectation): Fault[] {
  const { atLeast, failBelow, atMost, failAbove, of, nearMedian } = expected;
  const limits = [atLeast, failBelow, atMost, failAbove, nearMedian].filter((limit) => limit !== undefined);
  const fault = (field: string[], found: unknown, words: string, mend: string): Fault[] => [
    { path: [...path, ...field], found, expected: words, mend },
  ];
  if (limits.length === 0)
    return fault([], expected, 'one limit at least: atLeast, failBelow, atMost, failAbove, nearMedian', 'add one');
  // From the lowest: what has failed, what is warned of, what is right, and the same above.
  const inOrder = Object.entries({ failBelow, atLeast, atMost, failAbove }).flatMap(([name, limit]) =>
    limit === undefined ? [] : [{ name, limit }],
  );
  return [
    ...inOrder.flatMap(({ name, limit }, index) => {
      const before = inOrder[index - 1];
      if (!before || before.limit <= limit) return [];
      return fault([name], limit, `at least ${before.name}, which is ${before.limit}`, 'exchange the two');
    }),
    ...(of === metric ? fault(['of'], of, 'another number than itself', 'take of out, or name the whole') : []),
  ];
}

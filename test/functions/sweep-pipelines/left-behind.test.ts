import { expect, test } from '@jest/globals';
import { endLeftBehind } from '../../../functions/sweep-pipelines/left-behind.ts';
import type { StepWork } from '../../../shared/stage/compiled.ts';
import { aPipeline, aRecord, aStep, BEGUN, RUN_KEY } from '../../shared/pipeline/a-run.ts';

const SERVER = 'mi-0123456789abcdef0';
const { steps } = aPipeline();
const of = (work: StepWork) => aStep(['kospi'], { work });
const TASK: StepWork = {
  ...{ by: 'task', cluster: 'app', definition: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/reports:3' },
  ...{ roles: [], environment: {}, subnets: [], securityGroups: [], publicIp: false },
};
const AIRFLOW: StepWork = {
  by: 'airflow',
  url: 'https://a.example.com',
  api: 1,
  dag: 'legacy',
  secret: 'ssm:/a',
  conf: {},
};
const pipeline = aPipeline({
  steps: {
    ...{ ...steps, report: of(TASK), legacy: of(AIRFLOW) },
    save: of({ by: 'function', name: 'save:live', payload: {} }),
    call: of({ by: 'http', url: 'https://example.com', method: 'POST', headers: {}, withinSeconds: 20 }),
  },
});

/** What is told a task of the run that these tests speak of, or of another. */
const told = (changed: Record<string, string> = {}) => ({
  ...{ LAMPLIGHTER_PIPELINE: 'collection', LAMPLIGHTER_STEP: 'report', LAMPLIGHTER_RUN: RUN_KEY },
  ...changed,
});

async function left(...names: string[]) {
  const did: string[] = [];
  const going = names.map((name, index) => aRecord(name, { startedAt: index ? '2026-11-23T07:33:00.000Z' : BEGUN }));
  const goesOn = await endLeftBehind('dev', pipeline, going.toReversed(), {
    runningCommands: async (since: string) => {
      did.push(`since ${since}`);
      return ['dev collection kospi', 'dev collection kosdaq', 'prod collection kospi', 'dev other kospi'].map(
        (of) => ({
          ...{ id: of, server: SERVER, comment: `Lamplighter ${of}` },
        }),
      );
    },
    cancelCommand: async (id: string, server: string) => {
      did.push(`${id} on ${server}`);
    },
    runningTasks: async (cluster: string, family: string) => {
      did.push(`tasks of ${family} in ${cluster}`);
      return [
        { arn: 'task/own', environment: told() },
        { arn: 'task/of-another-day', environment: told({ LAMPLIGHTER_RUN: '2026-11-20T16:30' }) },
        { arn: 'task/of-another-step', environment: told({ LAMPLIGHTER_STEP: 'other' }) },
        { arn: 'task/of-somebody', environment: {} },
      ];
    },
    stopTask: async (cluster: string, arn: string) => {
      did.push(`stop ${arn} in ${cluster}`);
    },
  });
  return { did, goesOn: Object.fromEntries(goesOn) };
}

test('steps that were going on - their commands are ended, and no other', async () => {
  const did = [`since ${BEGUN}`, `dev collection kospi on ${SERVER}`];
  expect(await left('kospi')).toEqual({ did, goesOn: {} });
});

test('two of them - since the first was begun', async () => {
  const ended = ['kospi', 'kosdaq'].map((step) => `dev collection ${step} on ${SERVER}`);
  expect((await left('kospi', 'kosdaq')).did).toEqual([`since ${BEGUN}`, ...ended]);
});

test('a task of ECS - that of this step and run is stopped, and no other', async () => {
  const did = ['tasks of reports in app', 'stop task/own in app'];
  expect(await left('report')).toEqual({ did, goesOn: {} });
});

test('what cannot be ended from here - nothing is asked for, and said to go on', async () => {
  expect(await left('save', 'legacy', 'call')).toEqual({
    did: [],
    goesOn: {
      save: 'the function save:live goes on for 15 minutes at most',
      legacy: 'its run of the DAG legacy goes on in Airflow',
      call: 'what was called goes on',
    },
  });
  expect(await left()).toEqual({ did: [], goesOn: {} });
});

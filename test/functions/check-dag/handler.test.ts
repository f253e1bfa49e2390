import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkDag } from '../../../functions/check-dag/handler.ts';
import { startDag } from '../../../functions/start-dag/handler.ts';
import { dagEffects, ID, STARTED } from '../../shared/pipeline/a-dag.ts';
import { RUN } from '../../shared/pipeline/a-pipeline.ts';
import { AirflowServer } from '../../shared/pipeline/airflow-server.ts';

const asked = { step: 'nightly', run: RUN, dag: { id: ID, startedAt: STARTED }, seconds: 600 };
const TIMES = { startedAt: '2026-11-23T07:30:30+00:00', endedAt: '2026-11-23T07:34:30+00:00' };
const LATE = '2026-11-23T07:40:20.000Z';

let airflow: AirflowServer;
let url: string;
beforeEach(async () => {
  airflow = new AirflowServer();
  url = await airflow.start();
  await startDag({ ...asked, said: {} }, dagEffects(url));
});
afterEach(() => airflow.stop());

/** The error that it ends with, its message read where that is JSON. */
async function failure(more: object = {}, changes: object = {}) {
  const error: Error = await checkDag({ ...asked, ...changes }, dagEffects(url, more)).catch((thrown) => thrown);
  return { name: error.name, said: error.message.startsWith('{') ? JSON.parse(error.message) : error.message };
}

describe('checkDag', () => {
  test.each([
    [1 as const, `/dags/legacy/grid?dag_run_id=${encodeURIComponent(ID)}`],
    [2 as const, `/dags/legacy/runs/${encodeURIComponent(ID)}`],
  ])('it succeeded, by version %s - its times and its page', async (api, page) => {
    airflow.set('success');
    expect(await checkDag(asked, dagEffects(url, { api }))).toEqual({ log: `${url}${page}`, ...TIMES });
  });

  test.each(['queued', 'running'])('it is %s - DagInProgress until its deadline', async (state) => {
    airflow.set(state);
    expect(await failure()).toMatchObject({ name: 'DagInProgress' });
    expect(await failure({ now: new Date(Date.parse(LATE) - 1).toISOString() })).toMatchObject({
      name: 'DagInProgress',
    });
  });

  test.each([
    ['queued', `the DAG run ${ID} is still queued: its DAG may be paused`],
    ['running', 'the job was still running at its deadline'],
  ])('it is %s at its deadline - DeadlineExceeded, and it does not go on in Airflow', async (state, message) => {
    airflow.set(state);
    expect(await failure({ now: LATE })).toMatchObject({ name: 'DeadlineExceeded', said: { message } });
    expect(airflow.runs[0]?.state).toBe('failed');
  });

  test('the deadline of the run comes before its own - DeadlineExceeded then', async () => {
    airflow.set('running');
    expect(await failure({ now: RUN.deadlineAt }, { seconds: 7200 })).toMatchObject({ name: 'DeadlineExceeded' });
  });

  test('at its deadline Airflow is in trouble - HttpFailed, so that it is asked again and stopped then', async () => {
    airflow.set('running');
    airflow.troubles.push(undefined, 503);
    expect(await failure({ now: LATE })).toMatchObject({ name: 'HttpFailed' });
    expect(airflow.runs[0]?.state).toBe('running');
  });

  test('it failed - DagFailed with the tasks that did', async () => {
    airflow.set('failed');
    airflow.tasks = [
      { task_id: 'load', state: 'success' },
      { task_id: 'rank', state: 'failed' },
      { task_id: 'save', state: 'upstream_failed' },
    ];
    expect(await failure()).toEqual({
      name: 'DagFailed',
      said: { message: `the DAG run ${ID} ended failed: rank failed`, log: expect.any(String), ...TIMES },
    });
  });

  test('it is gone - DagFailed in the words of Airflow', async () => {
    airflow.runs.length = 0;
    expect(await failure()).toMatchObject({ name: 'DagFailed', said: expect.stringContaining('Airflow answers 404') });
  });
});

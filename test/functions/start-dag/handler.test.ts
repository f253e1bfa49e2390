import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startDag } from '../../../functions/start-dag/handler.ts';
import { dagEffects, ID, STARTED } from '../../shared/pipeline/a-dag.ts';
import { RUN } from '../../shared/pipeline/a-pipeline.ts';
import { AirflowServer } from '../../shared/pipeline/airflow-server.ts';

const asked = { step: 'nightly', run: RUN, said: {} };

let airflow: AirflowServer;
let url: string;
beforeEach(async () => {
  airflow = new AirflowServer();
  url = await airflow.start();
});
afterEach(() => airflow.stop());

describe('startDag', () => {
  test.each([
    ['Airflow 2 and a password', 1 as const, 'lamp'],
    ['Airflow 2 and a token', 1 as const, undefined],
    ['Airflow 3 and a password', 2 as const, 'lamp'],
    ['Airflow 3 and a token', 2 as const, undefined],
  ])('%s - a DAG run of our id, for the date of the run, that is told what it is part of', async (_, api, username) => {
    expect(await startDag(asked, dagEffects(url, { api, username }))).toEqual({ id: ID, startedAt: STARTED });
    expect(airflow.runs).toEqual([
      expect.objectContaining({
        ...{ dag_run_id: ID, logical_date: RUN.scheduledFor },
        conf: { mode: 'full', lamplighter: expect.objectContaining({ date: '2026-11-23', step: 'nightly' }) },
      }),
    ]);
  });

  test('asked twice, since the first answer was lost - one DAG run', async () => {
    const again = () => startDag(asked, dagEffects(url));
    expect(await again()).toEqual(await again());
    expect(airflow.runs).toHaveLength(1);
  });

  test('another try, and a run that is made again - DAG runs of their own on the same day', async () => {
    await startDag({ ...asked, said: { try: { number: '1' } } }, dagEffects(url));
    await startDag({ ...asked, said: { try: { number: '2' } } }, dagEffects(url));
    await startDag({ ...asked, run: { ...RUN, generation: 2 } }, dagEffects(url));
    expect(airflow.runs.map(({ dag_run_id }) => dag_run_id.slice(-3))).toEqual(['1.1', '1.2', '2.1']);
    const dates = airflow.runs.map(({ logical_date }) => logical_date.slice(0, 19));
    expect(new Set(dates)).toEqual(new Set(['2026-11-23T07:30:00']));
  });

  test('somebody else has a DAG run of this date - DagFailed: it is not ours, and ours is not made', async () => {
    await startDag({ ...asked, step: 'nightly' }, dagEffects(url));
    Object.assign(airflow.runs[0] ?? {}, { dag_run_id: 'scheduled__2026-11-23' });
    await expect(startDag(asked, dagEffects(url))).rejects.toMatchObject({
      name: 'DagFailed',
      message: 'another DAG run of legacy has the logical date 2026-11-23T07:30:00.000Z',
    });
  });

  test('no such DAG - DagFailed in the words of Airflow', async () => {
    await expect(startDag(asked, dagEffects(url, { dag: 'other' }))).rejects.toMatchObject({
      name: 'DagFailed',
      message: "Airflow answers 404: DAG with dag_id: 'other' not found",
    });
  });

  test('a wrong password - DagFailed, without it', async () => {
    const wrong = dagEffects(url, { username: 'somebody' });
    const error = await startDag(asked, wrong).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'DagFailed', message: 'Airflow answers 401: Unauthorized' });
    expect(JSON.stringify(error)).not.toContain('hush');
  });

  test('Airflow is in trouble - HttpFailed, which is asked again', async () => {
    airflow.troubles.push(503);
    await expect(startDag(asked, dagEffects(url))).rejects.toMatchObject({
      name: 'HttpFailed',
      message: 'answers 503',
    });
  });

  test('Airflow is away - HttpFailed that says so', async () => {
    await airflow.stop();
    const error = await startDag(asked, dagEffects(url)).catch((thrown) => thrown);
    expect([error.name, error.message]).toEqual(['HttpFailed', 'refuses connections']);
    await airflow.start();
  });

  test('a step that is no DAG - InvalidInput', async () => {
    await expect(startDag({ ...asked, step: 'kospi' }, dagEffects(url))).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });
});

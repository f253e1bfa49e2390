import { afterEach, describe, expect, test } from '@jest/globals';
import { Airflow } from '../../../rehearsal/outside/airflow.ts';
import { ofStep, StepsWorld } from '../steps-world.ts';

let made: StepsWorld;
afterEach(() => made.end());

const BASIC = `Basic ${Buffer.from('bot:secret').toString('base64')}`;

function airflowOf(known: { api: 1 | 2; username?: string }, scenario: object = {}) {
  made = new StepsWorld(scenario);
  const url = 'https://airflow.example';
  const airflow = new Airflow(made.world, made.steps, { url, secret: 'secret', ...known });
  const ask = (method: string, path: string, body?: object, authorization = BASIC) => {
    const { status, data } = airflow.answer({ method, url: `${url}${path}`, body, headers: { authorization } });
    return { status, data: data === '' ? undefined : JSON.parse(data) };
  };
  return ask;
}

const OLD = { api: 1, username: 'bot' } as const;
const RUNS = '/api/v1/dags/daily%20dag/dagRuns';
const trigger = (id: string, logical_date = '2026-11-02T16:30:00Z') => ({
  ...{ dag_run_id: id, logical_date, conf: { lamplighter: ofStep('old') } },
});

describe('the run of a DAG', () => {
  test('it is triggered - it is queued, runs, and has succeeded when its work is done', async () => {
    const ask = airflowOf(OLD, { steps: { daily: { old: { takes: ['60s', '60s'] } } } });
    expect(ask('post', RUNS, trigger('one'))).toMatchObject({
      status: 200,
      data: { dag_run_id: 'one', state: 'queued' },
    });
    expect(ask('get', `${RUNS}/one`).data).toMatchObject({ state: 'queued', start_date: null, end_date: null });
    await made.pass(3);
    const running = { dag_id: 'daily dag', state: 'running', start_date: '2026-11-02T16:30:02.000Z', end_date: null };
    expect(ask('get', `${RUNS}/one`).data).toMatchObject(running);
    await made.pass(60);
    const done = { state: 'success', end_date: '2026-11-02T16:31:02.000Z' };
    expect(ask('get', `${RUNS}/one`).data).toMatchObject(done);
    expect(made.history()).toEqual(['old 1 begun', 'old 1 well']);
  });

  test('its id, or its logical date, is there already - 409, and it is not run again', () => {
    const ask = airflowOf(OLD);
    ask('post', RUNS, trigger('one'));
    expect(ask('post', RUNS, trigger('one', '2026-11-03T16:30:00Z'))).toMatchObject({ status: 409 });
    expect(ask('post', RUNS, trigger('two'))).toMatchObject({ status: 409, data: { title: 'Conflict' } });
    expect(made.history()).toEqual(['old 1 begun']);
    // Another DAG has dates of its own.
    expect(ask('post', '/api/v1/dags/other/dagRuns', trigger('one'))).toMatchObject({ status: 200 });
  });

  test('it fails - it has failed, and so has its task', async () => {
    const ask = airflowOf(OLD, { faults: [{ step: 'old', ends: 'fails' }] });
    ask('post', RUNS, trigger('one'));
    await made.pass(60);
    expect(ask('get', `${RUNS}/one`).data).toMatchObject({ state: 'failed' });
    expect(ask('get', `${RUNS}/one/taskInstances`).data).toEqual({
      task_instances: [{ task_id: 'work', state: 'failed' }],
    });
    expect(made.history()).toEqual(['old 1 begun', 'old 1 badly']);
  });

  test('it hangs, and is given up - it has failed then, and stays so', async () => {
    const ask = airflowOf(OLD, { faults: [{ step: 'old', ends: 'hangs' }] });
    ask('post', RUNS, trigger('one'));
    await made.pass(6000);
    expect(ask('get', `${RUNS}/one`).data).toMatchObject({ state: 'running' });
    expect(ask('patch', `${RUNS}/one`, { state: 'failed' }).data).toMatchObject({ state: 'failed' });
    const endedAt = ask('get', `${RUNS}/one`).data.end_date;
    await made.pass(60);
    expect(ask('patch', `${RUNS}/one`, { state: 'failed' }).data.end_date).toBe(endedAt);
    expect(made.history()).toEqual(['old 1 begun', 'old 1 badly']);
  });

  test('given up while it is queued - it never runs', async () => {
    const ask = airflowOf(OLD);
    ask('post', RUNS, trigger('one'));
    ask('patch', `${RUNS}/one`, { state: 'failed' });
    await made.pass(600);
    expect(ask('get', `${RUNS}/one`).data).toMatchObject({ state: 'failed', start_date: null });
  });

  test('one that never was, and what the API does not have - 404', () => {
    const ask = airflowOf(OLD);
    expect(ask('get', `${RUNS}/never`)).toMatchObject({ status: 404, data: { title: 'DAGRun not found' } });
    for (const path of ['/api/v1/health', RUNS.replace('v1', 'v2')])
      expect(ask('get', path)).toMatchObject({ status: 404, data: { title: 'Not Found' } });
  });
});

describe('who asks', () => {
  test('Airflow 2 - by the password of its user, or a token where there is no user', () => {
    const ask = airflowOf(OLD);
    for (const authorization of ['', 'Bearer secret', BASIC.slice(0, -4)])
      expect(ask('post', RUNS, trigger('one'), authorization)).toMatchObject({ status: 401 });
    expect(made.history()).toEqual([]);
    made.end();
    const byToken = airflowOf({ api: 1 });
    expect(byToken('post', RUNS, trigger('one'), BASIC)).toMatchObject({ status: 401 });
    expect(byToken('post', RUNS, trigger('one'), 'Bearer secret')).toMatchObject({ status: 200 });
  });

  test('Airflow 3 - by a token, which it gives for the password', () => {
    const ask = airflowOf({ api: 2, username: 'bot' });
    const runs = RUNS.replace('v1', 'v2');
    expect(ask('post', '/auth/token', { username: 'bot', password: 'wrong' })).toMatchObject({ status: 401 });
    const { status, data } = ask('post', '/auth/token', { username: 'bot', password: 'secret' });
    expect(status).toBe(201);
    expect(ask('post', runs, trigger('one'), BASIC)).toMatchObject({ status: 401 });
    expect(ask('post', runs, trigger('one'), `Bearer ${data.access_token}`)).toMatchObject({ status: 200 });
  });

  test('Airflow 2 is asked for a token - it gives none', () => {
    const ask = airflowOf(OLD);
    expect(ask('post', '/auth/token', { username: 'bot', password: 'secret' })).toMatchObject({ status: 401 });
  });
});

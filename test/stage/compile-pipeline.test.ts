import { describe, expect, test } from '@jest/globals';
import { compileStage } from '../../shared/stage/compile.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import { secretsOfSteps } from '../../shared/stage/pipeline-secrets.ts';
import { readStage } from '../../shared/stage/read.ts';
import { changed, PIPELINE, read } from './stage-file.ts';

const compile = (text: string) => compileStage(read(text), 'dev', 2026).workloads;
const { collection, indicators, outside } = compile(PIPELINE) as Record<string, PipelineWorkload>;
const NEVER = { times: 0, waitSeconds: 10, backoff: 2 };

describe('compileStage of a pipeline', () => {
  test('a chain of commands - in the form that the functions use', () => {
    const place = { by: 'command', cwd: '/srv/stock', user: 'batch' };
    const variables = { MODE: 'full', API_KEY: 'ssm:/app/api-key' };
    expect(collection).toEqual({
      kind: 'pipeline',
      timezone: 'Asia/Tokyo',
      at: [{ time: '16:30' }, { time: '07:00', days: ['mon'] }],
      days: 'weekdays',
      closed: { '2026-12-30': 'KRX' },
      steps: {
        check: {
          needs: [],
          work: { ...place, on: 'mi-0123456789abcdef0', command: './collect.sh status', environment: variables },
          ...{ retry: NEVER, deadlineSeconds: 1800, expect: {} },
        },
        kospi: {
          needs: ['check'],
          work: {
            ...{ ...place, on: 'i-0fedcba9876543210', command: './collect.sh kospi' },
            environment: { ...variables, MODE: 'quick' },
          },
          ...{ retry: { times: 3, waitSeconds: 20, backoff: 1.5 }, deadlineSeconds: 300, expect: {} },
        },
        save: {
          needs: ['kospi'],
          work: { ...place, on: 'mi-0123456789abcdef0', command: './collect.sh count', environment: variables },
          ...{ retry: NEVER, deadlineSeconds: 1800 },
          expect: {
            collected: { failBelow: 2500, atLeast: 2700, atMost: 4000, failAbove: 5000, nearMedian: 20 },
            saved: { of: 'collected', atLeast: 95 },
          },
        },
      },
      duration: { warnSeconds: 600, failSeconds: 900 },
      begunWithinSeconds: 360,
      catchUp: 'latest',
      deadlineSeconds: 1800,
      startWithinSeconds: 2400,
      breakerFailures: 4,
    });
  });

  test('what was left out - has its default; what starts after another has no times', () => {
    expect(indicators).toMatchObject({
      ...{ timezone: 'Asia/Seoul', at: [], days: 'every-day', after: 'collection', closed: {} },
      ...{ duration: {}, begunWithinSeconds: 300, catchUp: 'none', deadlineSeconds: 3600, breakerFailures: 5 },
    });
    const days = changed('calendar: { name: KRX, closed', 'calendar: { closed', PIPELINE);
    expect(compile(days)['collection']).toMatchObject({ closed: { '2026-12-30': 'day off' } });
  });

  test('a task and a function - as AWS is asked for them', () => {
    expect(indicators?.steps['reckon']?.work).toEqual({
      by: 'task',
      ...{ cluster: 'app', definition: 'reckon:7', container: 'main', command: ['node', 'reckon.js'] },
      roles: ['reckon', 'arn:aws:iam::123456789012:role/execution'],
      environment: { LEVEL: '3' },
      ...{ subnets: ['subnet-0123456789abcdef0'], securityGroups: ['sg-0123456789abcdef0'], publicIp: true },
      logs: { group: '/ecs/reckon', prefix: 'reckon' },
    });
    expect(indicators?.steps['report']?.work).toEqual({
      ...{ by: 'function', name: 'report:live', payload: { to: 'everybody' } },
    });
  });

  test('calls - one that does, and one that only reports numbers', () => {
    expect(outside?.steps['call']?.work).toEqual({
      ...{ by: 'http', url: 'https://api.example.com/refresh', method: 'POST', body: 'now' },
      ...{ headers: { Authorization: 'ssm:/app/header' }, status: 202, withinSeconds: 20 },
    });
    expect(outside?.steps['count']).toMatchObject({
      work: { by: 'http', url: 'https://api.example.com/count', method: 'GET', headers: {}, withinSeconds: 10 },
      expect: { rows: { atLeast: 1 } },
    });
  });

  test('Airflow 2 with a user, Airflow 3 with a token', () => {
    expect([outside?.steps['old']?.work, outside?.steps['new']?.work]).toEqual([
      {
        ...{ by: 'airflow', url: 'https://airflow.example.com', dag: 'daily', api: 1, username: 'lamplighter' },
        ...{ secret: 'ssm:/app/airflow', conf: { mode: 'full' } },
      },
      {
        ...{ by: 'airflow', url: 'https://airflow3.example.com', dag: 'daily', api: 2 },
        ...{ secret: 'ssm:/app/airflow-key', conf: {} },
      },
    ]);
  });

  test('secrets - those that our functions read, not those of commands', () => {
    expect(outside && secretsOfSteps(outside)).toEqual(['ssm:/app/header', 'ssm:/app/airflow', 'ssm:/app/airflow-key']);
    expect(collection && secretsOfSteps(collection)).toEqual([]);
  });
});

describe('the example of the source', () => {
  const { workloads } = compileStage(readStage('examples/daily-batch.yml'), 'dev', 2026);
  const example = workloads as Record<string, PipelineWorkload>;
  const [first, second] = [example['collection'], example['indicators']];

  test('its limits - are those of the source', () => {
    expect(first).toMatchObject({
      at: [{ time: '16:30' }],
      duration: { warnSeconds: 600, failSeconds: 900 },
      steps: { save: { retry: { times: 3 }, expect: { collected: { atLeast: 2700, failBelow: 2500 } } } },
    });
    expect(second).toMatchObject({
      after: 'collection',
      duration: { warnSeconds: 300, failSeconds: 600 },
      steps: { save: { expect: { computed: { of: 'symbols', atLeast: 100, failBelow: 95 } } } },
    });
  });

  test('all its commands - on the own server', () => {
    const works = [first, second].flatMap((pipeline) => Object.values(pipeline?.steps ?? {}).map(({ work }) => work));
    expect(works).toHaveLength(17);
    for (const work of works)
      expect(work).toMatchObject({ by: 'command', on: 'mi-0123456789abcdef0', cwd: '/srv/daily-batch' });
  });
});

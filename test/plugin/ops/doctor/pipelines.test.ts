import { describe, expect, test } from '@jest/globals';
import type { Aws } from '../../../../plugin/ops/doctor/aws.ts';
import { pipelinesOf } from '../../../../plugin/ops/doctor/pipelines.ts';
import { secrets } from '../../../../plugin/ops/doctor/secrets.ts';
import type { StepWork } from '../../../../shared/stage/compiled.ts';
import { aNotify } from '../../../shared/builders.ts';
import { aPipeline, aPipelineStage, aStep, SERVER } from '../../../shared/pipeline/builders.ts';
import { workersThatAreThere } from './workers.ts';

const command = (on: string): StepWork => ({ by: 'command', on, command: 'x', environment: {} });
const airflow = (api: 1 | 2): StepWork => ({
  ...{ by: 'airflow', url: 'https://airflow.example.com', dag: 'daily', api, username: 'ops' },
  ...{ secret: 'ssm:/lamplighter/dev/airflow', conf: {} },
});
const task: StepWork = {
  ...{ by: 'task', cluster: 'batch', definition: 'indicators', environment: {}, subnets: ['subnet-1'] },
  ...{ securityGroups: [], publicIp: false, roles: [] },
};
const call: StepWork = { by: 'function', name: 'load-prices', payload: {} };

interface World {
  aws?: Partial<Aws>;
  status?: number | Error;
}

function stageOf(works: StepWork[]) {
  const steps = Object.fromEntries(works.map((work, index) => [`step-${index}`, aStep({ work })]));
  return aPipelineStage({ workloads: { collection: aPipeline({ steps }) }, notify: aNotify({ channels: {} }) });
}

async function found(works: StepWork[], { aws = {}, status = 200 }: World = {}) {
  const asked: string[] = [];
  const all = {
    agent: async () => 'Online',
    instance: async () => ({ state: 'running', type: 't3.medium', rootDevice: 'ebs', profile: 'arn' }),
    functionState: async () => 'Active',
    ...workersThatAreThere,
    ...aws,
  } as unknown as Aws;
  const fetch = async (_: string, url: string) => {
    asked.push(url);
    if (status instanceof Error) throw status;
    return status;
  };
  const findings = await pipelinesOf({ stage: stageOf(works), aws: all, fetch });
  return { findings: findings.map(({ about, level, found: text }) => `${about} ${level}: ${text}`), asked };
}

describe('the doctor, of pipelines', () => {
  test('all is there - each thing once, however many steps use it', async () => {
    const { findings, asked } = await found([command(SERVER), command(SERVER), task, call, airflow(1)]);
    expect(findings).toEqual([
      `collection: server ok: ${SERVER} is online in Systems Manager`,
      'collection: task ok: indicators:7 in batch',
      'collection: function ok: load-prices is there',
      'collection: Airflow ok: airflow.example.com is well',
    ]);
    expect(asked).toEqual(['https://airflow.example.com/api/v1/health']);
  });

  test('an own server - offline or unknown is wrong: nothing starts it', async () => {
    const lost = await found([command(SERVER)], { aws: { agent: async () => 'ConnectionLost' } });
    expect(lost.findings).toEqual([`collection: server error: ${SERVER} is ConnectionLost`]);
    const unknown = await found([command(SERVER)], { aws: { agent: async () => undefined } });
    expect(unknown.findings[0]).toContain('error: ');
    expect(unknown.findings[0]).toContain('is not registered');
  });

  test('an instance - has to be on by itself when the pipeline runs', async () => {
    const instance = { state: 'stopped', type: 't3.medium', rootDevice: 'ebs', profile: 'arn' };
    const { findings } = await found([command('i-0123456789abcdef0')], { aws: { instance: async () => instance } });
    expect(findings[0]).toBe('collection: server warning: i-0123456789abcdef0 is stopped');
    const none = await found([command('i-0123456789abcdef0')], { aws: { instance: async () => undefined } });
    expect(none.findings).toEqual([expect.stringContaining('error: no instance')]);
  });

  test.each<[string, StepWork, Partial<Aws>, RegExp]>([
    ['a task definition', task, { taskDefinition: async () => undefined }, /error: no task definition indicators/],
    ['a cluster', task, { hasCluster: async () => false }, /error: no cluster batch/],
    ['a function', call, { functionState: async () => undefined }, /error: no function load-prices/],
  ])('%s that is not there - wrong', async (_, work, aws, message) => {
    expect((await found([work], { aws })).findings).toEqual([expect.stringMatching(message)]);
  });

  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  test.each<[string, string[], string[]]>([
    ['by name and by ARN - well', ['ecsTaskExecutionRole', role('app/reports')], ['ok: indicators:7 in batch']],
    ['one is left out - wrong', ['ecsTaskExecutionRole'], [`error: indicators:7 has ${role('app/reports')}`]],
    [
      'one that it has not - to look at',
      ['ecsTaskExecutionRole', role('app/reports'), 'old'],
      ['warning: indicators:7 has no role old'],
    ],
  ])('the roles of a task, %s', async (_, roles, levels) => {
    const of = { name: 'indicators:7', roles: [role('ecsTaskExecutionRole'), role('app/reports')] };
    const { findings } = await found([{ ...task, roles }], { aws: { taskDefinition: async () => of } });
    expect(findings).toEqual(levels.map((text) => `collection: task ${text}`));
  });

  test('Airflow that does not answer from here - worth knowing; one that answers otherwise - to look at', async () => {
    const away = await found([airflow(2)], { status: new Error('ETIMEDOUT') });
    expect(away.findings).toEqual(['collection: Airflow note: airflow.example.com does not answer from here']);
    expect(away.asked).toEqual(['https://airflow.example.com/api/v2/monitor/health']);
    expect((await found([airflow(1)], { status: 404 })).findings[0]).toContain(
      'warning: airflow.example.com answers 404',
    );
  });

  test('its secrets - are among those that are looked at', async () => {
    const aws = { parameter: async () => undefined } as unknown as Aws;
    const [finding] = await secrets(stageOf([airflow(1)]), aws);
    expect(finding).toMatchObject({ level: 'error', about: 'parameter /lamplighter/dev/airflow' });
    expect(finding?.found).toContain('the step step-0 of collection');
  });
});

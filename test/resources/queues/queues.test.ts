import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadEstate } from '../../../resources/estate.ts';
import { queues } from '../../../resources/queues.ts';
import { aStage } from '../../shared/builders.ts';
import { FIXTURE, hybrid } from './stages.ts';

describe('a stage without queues', () => {
  test('nothing - it pays for none', () => {
    expect(queues(aStage())).toEqual({});
  });
});

describe('what tends queues', () => {
  test('every minute, and people hear when it fails or is silent', () => {
    expect(hybrid['TendQueuesSchedule']?.Properties).toMatchObject({ ScheduleExpression: 'cron(* * * * ? *)' });
    expect(hybrid['TendQueuesFailsAlarm']?.Properties).toMatchObject({ MetricName: 'Errors' });
    expect(hybrid['TendQueuesSilentAlarm']?.Properties).toMatchObject({ TreatMissingData: 'breaching' });
  });

  test('the role of schedules - may invoke it', () => {
    const text = readFileSync('resources/sweeper.yml', 'utf8');
    expect(text).toContain('!GetAtt TendQueuesLambdaFunction.Arn');
    expect(parse(text, { logLevel: 'error' }).Resources.ScheduleRole).toBeDefined();
  });
});

describe('what may be touched', () => {
  test('the services, the secrets and the queues that the stage file names, and nothing else', () => {
    const text = (value: unknown) => JSON.stringify(value).replaceAll(/\$\{AWS::\w+\}/g, '');
    expect(text(FIXTURE.workerServiceArns)).toContain(':service/app/thumbnails');
    expect(FIXTURE.workerServiceArns).toHaveLength(3);
    expect(FIXTURE.sqsQueueArns).toEqual([
      { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:ap-northeast-2:123456789012:thumbnails' },
      { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:ap-northeast-2:123456789012:thumbnails-failed' },
    ]);
    expect(text(FIXTURE.queueSecretArns)).toContain('parameter/lamplighter/dev/queue-token');
    expect(FIXTURE.queueSecretArns).toHaveLength(2);
  });

  test('without queues and a network - nothing, and no function is in a VPC', () => {
    const { vpc, networkInterfaceArns, scalableTargetArns, scalingDescriptionArns, workerServiceArns } = loadEstate(
      'dev',
      'examples/ec2-batch.yml',
    );
    expect(vpc).toBe(false);
    expect([networkInterfaceArns, scalableTargetArns, scalingDescriptionArns, workerServiceArns]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});

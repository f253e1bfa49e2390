import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { health } from '../../resources/health.ts';
import { aStage } from '../shared/builders.ts';
import { aService } from '../shared/watch/services.ts';

type Resource = { Type: string; Properties: Record<string, unknown> };

const found = health(aStage({ services: { web: aService() } })) as Record<string, Resource>;

describe('what wakes the checks', () => {
  test('nothing is watched - nothing, so that a stage without services pays for none', () => {
    expect(health(aStage())).toEqual({});
  });

  test('something is - every minute, and a minute that is over is not tried again', () => {
    expect(found['CheckHealthSchedule']?.Properties).toMatchObject({
      ScheduleExpression: 'cron(* * * * ? *)',
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 60 } },
    });
  });

  test('the role of schedules - may invoke it', () => {
    const text = readFileSync('resources/sweeper.yml', 'utf8');
    expect(text).toContain('!GetAtt CheckHealthLambdaFunction.Arn');
    expect(parse(text, { logLevel: 'error' }).Resources.ScheduleRole).toBeDefined();
  });

  test('they fail, or nobody runs them - people hear of both, since neither shows by itself', () => {
    expect(found['CheckHealthFailsAlarm']?.Properties).toMatchObject({ MetricName: 'Errors' });
    expect(found['CheckHealthSilentAlarm']?.Properties).toMatchObject({
      MetricName: 'Invocations',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: [{ Ref: 'NoticesTopic' }],
    });
  });
});

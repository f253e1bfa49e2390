import { describe, expect, test } from '@jest/globals';
import { fixture, hybrid } from './stages.ts';

describe('scaling', () => {
  test('the target - from none to fifty, made after the service that it scales', () => {
    expect(hybrid['CrawlScalableTarget']).toMatchObject({
      DependsOn: 'CrawlWorkers',
      Properties: { ResourceId: 'service/crawler-workers/crawler-worker', MinCapacity: 0, MaxCapacity: 50 },
    });
    expect(fixture['ThumbnailsScalableTarget']).not.toHaveProperty('DependsOn');
  });

  test('every scaling alarm - acts by a policy of the same queue, on its metric, and tells nobody', () => {
    const alarms = Object.entries({ ...hybrid, ...fixture }).filter(([id]) => id.endsWith('ScalingAlarm'));
    expect(alarms).toHaveLength(2 + 4 + 2 + 2);
    for (const [id, { Properties }] of alarms) {
      expect(Properties['AlarmActions']).toEqual([{ Ref: id.replace('ScalingAlarm', 'Policy') }]);
      expect(Properties).toMatchObject({ Namespace: 'Lamplighter/Queues', Period: 60 });
      expect(Properties).not.toHaveProperty('OKActions');
    }
  });

  test('target tracking - on the backlog of its own queue', () => {
    expect(fixture['ReportsTargetPolicy']?.Properties).toMatchObject({
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 20,
        DisableScaleIn: true,
        CustomizedMetricSpecification: {
          MetricName: 'Backlog',
          Dimensions: [
            { Name: 'Stage', Value: 'dev' },
            { Name: 'Queue', Value: 'reports' },
          ],
        },
      },
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import { alarms, alarmsOf } from '../../../resources/watching/alarms.ts';
import { machines } from '../../../resources/watching/watched.ts';
import { aMachine, aService, INSTANCE } from './services.ts';

type Alarm = { Properties: Record<string, unknown> };
const of = (more = {}) => alarms('dev', aMachine(more)) as Record<string, Alarm>;
const look = (alarm: Alarm | undefined) => {
  const { Namespace, MetricName, Statistic, Threshold, ComparisonOperator, TreatMissingData } = alarm?.Properties ?? {};
  return [Namespace, MetricName, Statistic, ComparisonOperator, Threshold, TreatMissingData];
};
const OVER = 'GreaterThanThreshold';

describe('the alarms of an instance', () => {
  test.each([
    ['WebCpuAlarm', ['AWS/EC2', 'CPUUtilization', 'Average', OVER, 80, 'missing']],
    ['WebMemoryAlarm', ['CWAgent', 'mem_used_percent', 'Average', OVER, 85, 'missing']],
    ['WebDiskAlarm', ['CWAgent', 'disk_used_percent', 'Maximum', OVER, 90, 'missing']],
    ['WebStatusCheckAlarm', ['AWS/EC2', 'StatusCheckFailed', 'Maximum', OVER, 0, 'missing']],
    ['WebMissingDataAlarm', ['CWAgent', 'mem_used_percent', 'SampleCount', 'LessThanThreshold', 1, 'breaching']],
  ])('%s - looks at what the source says', (id, expected) => {
    expect(look(of()[id])).toEqual(expected);
  });

  test('each - is of this instance, has the name of its service, and tells people when it comes and goes', () => {
    const found = Object.values(of());
    expect(found).toHaveLength(5);
    for (const { Properties } of found)
      expect(Properties).toMatchObject({
        AlarmName: expect.stringMatching(/^lamplighter-dev-[a-z-]+-web$/),
        AlarmDescription: expect.stringMatching(/^web: /),
        Dimensions: [{ Name: 'InstanceId', Value: INSTANCE }],
        AlarmActions: [{ Ref: 'NoticesTopic' }],
        OKActions: [{ Ref: 'NoticesTopic' }],
      });
  });

  test('data that is missing - tells people once, by the alarm that is there for it', () => {
    for (const { Properties } of Object.values(of())) expect(Properties).not.toHaveProperty('InsufficientDataActions');
    const breaching = Object.keys(of()).filter((id) => of()[id]?.Properties['TreatMissingData'] === 'breaching');
    expect(breaching).toEqual(['WebMissingDataAlarm']);
  });

  test('an instance that a batch stops by plan - its silence is no alarm', () => {
    expect(Object.keys(of({ offWith: ['nightly'] }))).not.toContain('WebMissingDataAlarm');
    expect(alarmsOf(aMachine({ offWith: ['nightly'] }))).toEqual(['status-check', 'cpu', 'memory', 'disk']);
  });
});

describe('the alarms of other targets', () => {
  test('an ECS service - by what ECS measures', () => {
    const found = of({ target: { ecs: { cluster: 'app', service: 'web' } } });
    expect(Object.keys(found)).toEqual(['WebCpuAlarm', 'WebMemoryAlarm', 'WebMissingDataAlarm']);
    expect(look(found['WebMemoryAlarm'])).toEqual(['AWS/ECS', 'MemoryUtilization', 'Average', OVER, 85, 'missing']);
    expect(found['WebCpuAlarm']?.Properties['Dimensions']).toEqual([
      { Name: 'ClusterName', Value: 'app' },
      { Name: 'ServiceName', Value: 'web' },
    ]);
  });

  test('an Auto Scaling group - by what EC2 measures of all its instances', () => {
    const found = of({ target: { group: 'web' } });
    expect(Object.keys(found)).toEqual(['WebStatusCheckAlarm', 'WebCpuAlarm', 'WebMissingDataAlarm']);
    expect(found['WebCpuAlarm']?.Properties['Dimensions']).toEqual([{ Name: 'AutoScalingGroupName', Value: 'web' }]);
  });

  test('two services on one instance - its alarms once, by the name of the first', () => {
    const [machine, ...others] = machines({ services: { web: aService(), api: aService({ offWith: ['nightly'] }) } });
    expect(others).toEqual([]);
    expect(machine && alarmsOf(machine)).not.toContain('missing-data');
    expect(Object.keys(machine ? alarms('dev', machine) : {})).toContain('WebCpuAlarm');
  });

  test('nothing of this account - none', () => {
    expect(machines({ services: { web: aService({ target: undefined }) } })).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { QUEUE_ALARMS, queueAlarmName, queueOfAlarm } from '../../../shared/alarms/queue-names.ts';
import { fixture, hybrid, ofType } from './stages.ts';

describe('the alarms of the table', () => {
  test('all six rows, by their thresholds', () => {
    const found = QUEUE_ALARMS.map((alarm) => {
      const { Properties } =
        Object.values(hybrid).find((one) => one.Properties['AlarmName'] === queueAlarmName('dev', 'crawl', alarm)) ??
        {};
      return [alarm, Properties?.['MetricName'], Properties?.['Threshold'], Properties?.['TreatMissingData']];
    });
    expect(found).toEqual([
      ['queue-backlog-warning', 'Backlog', 100, 'missing'],
      ['queue-backlog-critical', 'Backlog', 500, 'missing'],
      ['queue-workers', 'Workers', 40, 'missing'],
      ['queue-cpu', 'CPUUtilization', 80, 'missing'],
      ['queue-memory', 'RedisMemory', 80, 'missing'],
      ['queue-errors', 'ErrorRate', 10, 'missing'],
    ]);
  });

  test('a queue of SQS without a host - has none on what it does not have', () => {
    const names = ofType(fixture, 'AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties['AlarmName']));
    expect(names.filter((name) => /queue-(cpu|memory)-thumbnails/.test(name))).toEqual([]);
    expect(names).toContain(queueAlarmName('dev', 'thumbnails', 'queue-errors'));
  });

  test('the name of an alarm - says which queue it is about', () => {
    for (const alarm of QUEUE_ALARMS)
      expect(queueOfAlarm('dev', queueAlarmName('dev', 'crawl-2', alarm))).toEqual({ queue: 'crawl-2', alarm });
    expect(queueOfAlarm('dev', 'lamplighter-dev-cpu-web')).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { alarmNotice } from '../../../shared/notices/alarm.ts';
import { aStage } from '../builders.ts';

const alarm = {
  AlarmName: 'DeadLettersAlarm',
  AlarmDescription: 'A schedule could not be delivered.',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold crossed',
  StateChangeTime: '2026-11-02T02:00:00.000+0000',
};

describe('an alarm of CloudWatch', () => {
  test('raised - critical, with what to do and why, at its own time, and where it is', () => {
    expect(alarmNotice(alarm, aStage())).toEqual({
      id: 'DeadLettersAlarm ALARM 2026-11-02T02:00:00.000+0000',
      at: '2026-11-02T11:00:00+09:00',
      stage: 'dev',
      workload: 'lamplighter',
      severity: 'critical',
      title: 'DeadLettersAlarm is ALARM',
      lines: ['A schedule could not be delivered.', 'Threshold crossed'],
      links: [{ label: 'Alarm', url: expect.stringMatching(/#alarmsV2:alarm\/DeadLettersAlarm$/) }],
      cause: 'DeadLettersAlarm',
      state: 'open',
    });
  });

  test('it cannot tell - critical and open, since missing data never counts as healthy', () => {
    const unknown = alarmNotice({ ...alarm, NewStateValue: 'INSUFFICIENT_DATA' }, aStage());
    expect(unknown).toMatchObject({ severity: 'critical', state: 'open' });
  });

  test.each([
    ['status-check', 'critical'],
    ['missing-data', 'critical'],
    ['cpu', 'warning'],
    ['disk', 'warning'],
  ])('%s of a service - is told as of that service, %s, with the dashboard first', (sort, severity) => {
    const notice = alarmNotice({ ...alarm, AlarmName: `lamplighter-dev-${sort}-web` }, aStage());
    expect(notice).toMatchObject({
      workload: 'web',
      severity,
      links: [
        { label: 'Dashboard', url: expect.stringMatching(/#dashboards\/dashboard\/lamplighter-dev$/) },
        { label: 'Alarm' },
      ],
    });
  });

  test.each([
    ['queue-backlog-warning', 'warning'],
    ['queue-backlog-critical', 'critical'],
    ['queue-workers', 'warning'],
    ['queue-cpu', 'warning'],
    ['queue-memory', 'critical'],
    ['queue-errors', 'warning'],
  ])('%s - is told as of that queue, %s, with the dashboard of queues first', (sort, severity) => {
    const notice = alarmNotice({ ...alarm, AlarmName: `lamplighter-dev-${sort}-crawl` }, aStage());
    expect(notice).toMatchObject({
      ...{ workload: 'crawl', kind: 'queue', severity },
      links: [
        { label: 'Dashboard', url: expect.stringMatching(/#dashboards\/dashboard\/lamplighter-dev-queues$/) },
        { label: 'Alarm' },
      ],
    });
  });

  test('over - a success that resolves it; raised again later - another id', () => {
    const over = alarmNotice({ ...alarm, NewStateValue: 'OK', AlarmDescription: null }, aStage());
    expect(over).toMatchObject({ severity: 'success', state: 'resolved', lines: ['Threshold crossed'] });
    const again = alarmNotice({ ...alarm, StateChangeTime: '2026-11-02T05:00:00.000+0000' }, aStage());
    expect(again.id).not.toBe(alarmNotice(alarm, aStage()).id);
  });
});

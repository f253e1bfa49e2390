import { describe, expect, test } from '@jest/globals';
import { asNotice } from '../../../shared/channels/delivered.ts';
import { aNotice, aStage } from '../builders.ts';

const alarm = {
  AlarmName: 'DeadLettersAlarm',
  AlarmDescription: 'A schedule could not be delivered.',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold crossed',
  StateChangeTime: '2026-11-02T02:00:00.000+0000',
};

describe('asNotice', () => {
  test('a notice of ours - as it is', () => {
    expect(asNotice(JSON.stringify(aNotice()), aStage())).toEqual(aNotice());
  });

  test('an alarm - critical, with what to do and why, at its own time', () => {
    expect(asNotice(JSON.stringify(alarm), aStage())).toMatchObject({
      stage: 'dev',
      severity: 'critical',
      title: 'DeadLettersAlarm is ALARM',
      lines: ['A schedule could not be delivered.', 'Threshold crossed'],
      at: '2026-11-02T11:00:00+09:00',
    });
  });

  test('an alarm that cannot tell - critical, since missing data never counts as healthy', () => {
    expect(asNotice(JSON.stringify({ ...alarm, NewStateValue: 'INSUFFICIENT_DATA' }), aStage()).severity).toBe(
      'critical',
    );
  });

  test('an alarm that is over - a success', () => {
    expect(asNotice(JSON.stringify({ ...alarm, NewStateValue: 'OK' }), aStage()).severity).toBe('success');
  });
});

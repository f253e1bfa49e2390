import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../rehearsal/aws/events.ts';
import { recoveryPattern, recoveryRule } from '../../../resources/watching/recovery-rule.ts';
import { ALARMS, alarmName } from '../../../shared/alarms/names.ts';
import { anAlarmEvent, COMPOSITE } from '../../shared/recovery/alarm-events.ts';

const starts = (name: string, value = 'ALARM') => matches(recoveryPattern('dev'), anAlarmEvent(name, value));

describe('what starts a recovery', () => {
  test.each(ALARMS)('%s in alarm - whatever can be recovered, never missing data', (alarm) => {
    expect(starts(alarmName('dev', 'web', alarm))).toBe(alarm !== 'missing-data');
  });

  test.each(['OK', 'INSUFFICIENT_DATA'])('%s - nothing: missing data never recovers', (value) => {
    expect(starts(alarmName('dev', 'web', 'status-check'), value)).toBe(false);
  });

  test.each(['lamplighter-prod-status-check-web', 'ServerCpuTooHigh', 'lamplighter-dev-SweeperAlarm-1'])(
    '%s - an alarm of something else - nothing',
    (name) => {
      expect(starts(name)).toBe(false);
    },
  );

  test('a composite alarm of the owner - nothing: which service it is about is not known', () => {
    expect(matches(recoveryPattern('dev'), COMPOSITE)).toBe(false);
  });

  test('the rule - is as long with hundreds of services, and gives up soon, into the dead letters', () => {
    const rule = recoveryRule('dev', 'RecoverService', 'RecoveryRuleRole') as { Properties: Record<string, unknown> };
    expect(JSON.stringify(rule.Properties['EventPattern']).length).toBeLessThan(2048);
    expect(rule.Properties['Targets']).toEqual([
      expect.objectContaining({
        Arn: { Ref: 'RecoverService' },
        RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 5 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
      }),
    ]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { recoveryPattern, recoveryRule } from '../../../resources/watching/recovery-rule.ts';
import { ALARMS, alarmName } from '../../../shared/alarms/names.ts';

/** As CloudWatch tells EventBridge, in the form of its documentation. */
const changed = (alarmName: string, value: string, source = 'aws.cloudwatch') => ({
  version: '0',
  id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
  'detail-type': 'CloudWatch Alarm State Change',
  source,
  account: '123456789012',
  time: '2026-11-21T17:04:40Z',
  region: 'ap-northeast-2',
  resources: [`arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:${alarmName}`],
  detail: {
    alarmName,
    state: { value, reason: 'Threshold Crossed', timestamp: '2026-11-21T17:04:40.985+0000' },
    previousState: { value: 'OK', reason: 'Threshold Crossed', timestamp: '2026-11-21T17:03:40.985+0000' },
  },
});

type Pattern = { [key: string]: Pattern } | (string | { prefix: string })[];

/** EventBridge's matching, as far as the rule needs it. */
function matches(pattern: Pattern, event: unknown): boolean {
  if (Array.isArray(pattern))
    return pattern.some((one) => (typeof one === 'string' ? one === event : String(event).startsWith(one.prefix)));
  return Object.entries(pattern).every(([key, inner]) => matches(inner, (event as Record<string, unknown>)[key]));
}

const starts = (name: string, value = 'ALARM') =>
  matches(recoveryPattern('dev') as unknown as Pattern, changed(name, value));

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

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ALARMS, alarmName, serviceOfAlarm } from '../../../shared/alarms/names.ts';

const slug = fc.stringMatching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

describe('the name of an alarm', () => {
  test('any service - is found again by it', () => {
    fc.assert(
      fc.property(slug, slug, fc.constantFrom(...ALARMS), (stage, service, alarm) => {
        expect(serviceOfAlarm(stage, alarmName(stage, service, alarm))).toEqual({ service, alarm });
      }),
    );
  });

  test.each(['ServerCpuTooHigh', 'lamplighter-prod-cpu-web', 'lamplighter-dev-web-cpu', ''])(
    '%s - is no such alarm',
    (name) => {
      expect(serviceOfAlarm('dev', name)).toBeUndefined();
    },
  );
});

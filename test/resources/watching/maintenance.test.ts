import { describe, expect, test } from '@jest/globals';
import { maintenance } from '../../../resources/watching/maintenance.ts';
import type { Hours } from '../../../shared/stage/compiled.ts';
import { aMachine } from './services.ts';

const of = (...hours: Hours[]) =>
  Object.values(maintenance('dev', aMachine({ maintenance: hours }))) as {
    Properties: { Rule: { Schedule: object }; MuteTargets: { AlarmNames: string[] } };
  }[];

describe('while work is done', () => {
  test.each<[string, Hours, string, string]>([
    ['a night of the week', { days: ['sun'], from: '03:00', to: '04:30' }, 'cron(0 3 * * SUN)', 'PT90M'],
    ['every day', { days: 'every-day', from: '12:15', to: '12:45' }, 'cron(15 12 * * *)', 'PT30M'],
    ['past midnight', { days: ['fri', 'sat'], from: '23:00', to: '01:00' }, 'cron(0 23 * * FRI,SAT)', 'PT120M'],
    ['weekdays', { days: 'weekdays', from: '09:00', to: '09:00' }, 'cron(0 9 * * MON-FRI)', 'PT1440M'],
  ])('%s - its alarms tell nobody, in local time', (_, hours, Expression, Duration) => {
    expect(of(hours)[0]?.Properties.Rule.Schedule).toEqual({ Expression, Duration, Timezone: 'Asia/Seoul' });
  });

  test('it is of all alarms of the service, and of no other', () => {
    const [rule] = of({ days: ['sun'], from: '03:00', to: '04:00' });
    expect(rule?.Properties.MuteTargets.AlarmNames).toHaveLength(5);
    for (const name of rule?.Properties.MuteTargets.AlarmNames ?? []) expect(name).toMatch(/-web$/);
  });

  test('no windows - none', () => {
    expect(of()).toEqual([]);
  });
});

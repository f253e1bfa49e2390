import { expect, test } from '@jest/globals';
import { mutesOf } from '../../../rehearsal/aws/mutes.ts';
import { Template } from '../../../rehearsal/template.ts';
import { watching } from '../../../resources/watching.ts';
import type { Hours } from '../../../shared/stage/compiled.ts';
import { aStage } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';
import { SERVER } from '../server-world.ts';

/** Whether an alarm of the server is muted, by its local time in November 2026. */
function isMuted(maintenance: Hours[], alarm: string, time: string): boolean {
  const stage = aStage({ services: { web: aService({ target: { ec2: SERVER }, maintenance }) } });
  const template = new Template({ Resources: watching(stage) as Template['resources'] }, 'ap-northeast-2');
  return mutesOf(template)(`lamplighter-dev-${alarm}`, Date.parse(`2026-11-${time}:00+09:00`));
}

const SUNDAYS: Hours = { days: ['sun'], from: '23:00', to: '01:00' };

test.each([
  ['before it', SUNDAYS, '01T22:59', false],
  ['in it', SUNDAYS, '01T23:00', true],
  ['after midnight', SUNDAYS, '02T00:59', true],
  ['after it', SUNDAYS, '02T01:00', false],
  ['on another day', SUNDAYS, '03T23:30', false],
  ['every day', { days: 'every-day', from: '04:00', to: '05:00' }, '04T04:30', true],
  ['on a weekday', { days: 'weekdays', from: '04:00', to: '05:00' }, '02T04:30', true],
  ['on no weekday', { days: 'weekdays', from: '04:00', to: '05:00' }, '01T04:30', false],
] as const)('%s - %#', (_, hours, time, expected) => expect(isMuted([hours], 'cpu-web', time)).toBe(expected));

test('another alarm - is not', () => expect(isMuted([SUNDAYS], 'cpu-other', '01T23:30')).toBe(false));

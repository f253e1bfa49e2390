import { describe, expect, test } from '@jest/globals';
import { type Asked, askedBy, isNewer } from '../../../shared/recovery/asked.ts';
import { anAlarmEvent, COMPOSITE } from './alarm-events.ts';

const STATUS = 'lamplighter-dev-status-check-web';
const asked = (timestamp?: string) => askedBy('dev', anAlarmEvent(STATUS, 'ALARM', timestamp)) as Asked;

describe('what an alarm asks for', () => {
  test('an alarm of a service - to look at that service, with why and since when', () => {
    expect(asked()).toEqual({
      service: 'web',
      alarm: 'status-check',
      at: '2026-11-21T17:04:40.989Z',
      reason: 'Threshold Crossed: 2 datapoints were greater than the threshold (0.0).',
      id: `${STATUS} 2026-11-21T17:04:40.989Z`,
    });
  });

  test('delivered again - the same id; raised again - another', () => {
    expect(asked().id).toBe(asked().id);
    expect(asked('2026-11-21T18:04:40.989+0000').id).not.toBe(asked().id);
  });

  test('out of order - the later change is the newer, whichever came first', () => {
    const later = asked('2026-11-21T18:04:40.989+0000');
    expect([isNewer(later, asked()), isNewer(asked(), later)]).toEqual([true, false]);
  });

  test.each([
    ['it is over', anAlarmEvent(STATUS, 'OK')],
    ['data is missing', anAlarmEvent(STATUS, 'INSUFFICIENT_DATA')],
    ['the alarm on missing data', anAlarmEvent('lamplighter-dev-missing-data-web')],
    ['of another stage', anAlarmEvent('lamplighter-prod-status-check-web')],
    ['a composite alarm of the owner', COMPOSITE],
  ])('%s - nothing', (_, event) => {
    expect(askedBy('dev', event)).toBeUndefined();
  });
});

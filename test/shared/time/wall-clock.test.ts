import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localTime } from '../../../shared/time/slots.ts';
import { wallClock, wallTime } from '../../../shared/time/wall-clock.ts';

test('any instant in any zone - as Temporal has it', () => {
  const zone = fc.constantFrom(
    'Asia/Seoul',
    'America/New_York',
    'Europe/Berlin',
    'UTC',
    'Asia/Kolkata',
    'Pacific/Apia',
  );
  const instant = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-12-31T23:59:59Z') });
  fc.assert(
    fc.property(instant, zone, (at, timezone) => {
      expect(wallTime(at, timezone)).toBe(localTime(at, timezone));
    }),
    { numRuns: 500 },
  );
});

test('midnight - is the hour 00 of its own day', () => {
  expect(wallClock(Date.parse('2026-11-01T15:00:00Z'), 'Asia/Seoul')).toEqual({
    ...{ date: '2026-11-02', time: '00:00', offset: '+09:00' },
  });
});

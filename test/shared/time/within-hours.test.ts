import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Hours } from '../../../shared/stage/compiled.ts';
import { isWithinHours } from '../../../shared/time/planned.ts';
import { showsHours } from '../../../shared/time/within-hours.ts';

const CALENDAR = {
  closed: { '2026-11-03': 'a holiday', '2026-11-07': 'another', '2026-11-10': 'x' },
  open: ['2026-11-08', '2026-11-10'],
  until: '2028-12-31',
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const days = fc.oneof(
  fc.constantFrom('every-day' as const, 'weekdays' as const),
  fc.subarray([...WEEKDAYS], { minLength: 1 }),
);
const hours: fc.Arbitrary<Hours> = fc.record({ days, from: time, to: time });

test('any hours, at any minute of any zone whose clocks do not change just then - as Temporal says', () => {
  const zone = fc.constantFrom('Asia/Seoul', 'UTC', 'Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Kiritimati');
  // November's change in Los Angeles is on the first.
  const instant = fc.integer({
    min: Date.parse('2026-11-02T12:00Z') / 60_000,
    max: Date.parse('2026-11-20T00:00Z') / 60_000,
  });
  fc.assert(
    fc.property(hours, zone, instant, (block, timezone, minute) => {
      const expected = isWithinHours({ hours: [block], timezone }, CALENDAR, minute * 60_000);
      expect(showsHours(block, timezone, CALENDAR, minute * 60_000)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test('hours that begin where the clocks jump over - from the first minute after', () => {
  const block: Hours = { days: 'every-day', from: '02:30', to: '04:00' };
  const at = (instant: string) => showsHours(block, 'Europe/Berlin', CALENDAR, Date.parse(instant));
  expect([at('2026-03-29T00:59Z'), at('2026-03-29T01:00Z'), at('2026-03-29T02:00Z')]).toEqual([false, true, false]);
});

import { expect, test } from '@jest/globals';
import { daysOf, hoursIn, meterDays } from '../../../rehearsal/report/days.ts';

const BERLIN = 'Europe/Berlin';
/** The day before the clocks go back, and the day after. */
const SPAN = { timezone: BERLIN, from: Date.parse('2026-10-24T00:00+02:00'), to: Date.parse('2026-10-27T00:00+01:00') };

/** A clock that does at once what is due, and a meter that counts every hour. */
function metered(read: (at: number) => number) {
  let now = 0;
  const clock = {
    at(instant: number, act: () => void) {
      now = instant;
      act();
    },
  };
  return meterDays(clock, SPAN, () => new Map([['i-1', read(now)]]));
}

test('a meter is read at each midnight - days have what was counted in them, and the hours that they have', () => {
  const days = metered((at) => (at - SPAN.from) / 3_600_000);
  expect(days.map(({ day, from, to }) => [day, (to - from) / 3_600_000])).toEqual([
    ['2026-10-24', 24],
    ['2026-10-25', 25],
    ['2026-10-26', 24],
  ]);
  expect(daysOf('i-1', days, { on: 0.5, always: 0.1 })).toEqual([
    { day: '2026-10-24', onHours: 24, usd: 14.4 },
    { day: '2026-10-25', onHours: 25, usd: 15 },
    { day: '2026-10-26', onHours: 24, usd: 14.4 },
  ]);
});

test('nothing was counted, or no price is known - no hours, no dollars', () => {
  const days = metered(() => 0);
  expect(daysOf('i-1', days, undefined)[0]).toEqual({ day: '2026-10-24', onHours: 0 });
  expect(daysOf('i-2', days, { on: 1, always: 0.01 })[1]).toEqual({ day: '2026-10-25', onHours: 0, usd: 0.25 });
});

test('spans of time over midnight - each day has its part; one without an end goes on', () => {
  const [hour, day] = [3_600_000, { from: 0, to: 24 * 3_600_000 }];
  const next = { from: day.to, to: 2 * day.to };
  const spans = [{ from: 20 * hour, to: 27 * hour }, { from: 46 * hour }];
  expect([hoursIn(spans, day), hoursIn(spans, next)]).toEqual([4, 5]);
});

import { expect, test } from '@jest/globals';
import { midnights, ticksIn } from '../../../web/rehearsal/ticks.ts';

const HOUR = 3_600_000;
const iso = (instants: number[]) => instants.map((at) => new Date(at).toISOString().slice(5, 16));

test('midnights of a zone - also on both sides of a change of its clocks', () => {
  expect(iso(midnights('2026-10-24', '2026-10-27', 'Europe/Berlin'))).toEqual([
    '10-23T22:00',
    '10-24T22:00',
    '10-25T23:00',
  ]);
  // Here the clocks go forward at midnight: the day begins at one.
  expect(iso(midnights('2026-04-23', '2026-04-26', 'Africa/Cairo'))).toEqual([
    '04-22T22:00',
    '04-23T22:00',
    '04-24T21:00',
  ]);
});

test('a month - every few days, never nearer than is asked for', () => {
  const days = midnights('2026-11-01', '2026-12-01', 'Asia/Seoul');
  const all = { from: days[0] ?? 0, to: (days[0] ?? 0) + 30 * 24 * HOUR };
  const ticks = ticksIn(days, all, 40 * HOUR);
  expect(iso(ticks.map(({ at }) => at)).slice(0, 3)).toEqual(['10-31T15:00', '11-02T15:00', '11-04T15:00']);
  expect(ticks.every(({ isMidnight }) => isMidnight)).toBe(true);
});

test('a day that has 25 hours - parts of it, and the next midnight where it is', () => {
  const days = midnights('2026-10-24', '2026-10-28', 'Europe/Berlin');
  const [, from = 0, to = 0] = days;
  const ticks = ticksIn(days, { from, to }, 5 * HOUR);
  expect(ticks.map(({ at, isMidnight }) => [(at - from) / HOUR, isMidnight])).toEqual([
    ...[
      [0, true],
      [6, false],
      [12, false],
      [18, false],
    ],
    [25, true],
  ]);
});

test('an hour - minutes, and nothing that lies far away', () => {
  const days = midnights('2026-11-01', '2026-12-01', 'Asia/Seoul');
  const from = (days[9] ?? 0) + 9 * HOUR;
  const ticks = ticksIn(days, { from, to: from + HOUR }, 10 * 60_000);
  expect(ticks.filter(({ isMidnight }) => !isMidnight).map(({ at }) => (at - from) / 60_000)).toEqual([
    0, 15, 30, 45, 60,
  ]);
  expect(ticks.length).toBeLessThan(8);
});

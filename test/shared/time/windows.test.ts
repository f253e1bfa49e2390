import { expect, test } from '@jest/globals';
import type { Hours } from '../../../shared/stage/compiled.ts';
import { windowsBetween } from '../../../shared/time/windows.ts';
import { aStage } from '../builders.ts';

const { calendar } = aStage({});
/** Monday, 2 November 2026. */
const at = (time: string) => Date.parse(`${time}+09:00`);
const found = (hours: Hours[], from: string, to: string) =>
  windowsBetween({ hours, timezone: 'Asia/Seoul' }, calendar, at(from), at(to)).map((window) =>
    [window.from, window.to].map((instant) => new Date(instant + 9 * 3_600_000).toISOString().slice(5, 16)).join(' – '),
  );

test('windows - the one that goes on, those that begin, and none that is over or has not begun', () => {
  const daily: Hours[] = [{ days: 'every-day', from: '03:00', to: '04:00' }];
  expect(found(daily, '2026-11-02T03:30', '2026-11-04T03:00')).toEqual([
    '11-02T03:00 – 11-02T04:00',
    '11-03T03:00 – 11-03T04:00',
  ]);
  expect(found(daily, '2026-11-02T04:00', '2026-11-03T03:00')).toEqual([]);
});

test('a window over midnight - is the one of the evening before', () => {
  const night: Hours[] = [{ days: ['sun'], from: '23:00', to: '02:00' }];
  expect(found(night, '2026-11-02T01:00', '2026-11-02T12:00')).toEqual(['11-01T23:00 – 11-02T02:00']);
});

test('several - in the order of their beginning', () => {
  const hours: Hours[] = [
    { days: ['tue'], from: '05:00', to: '06:00' },
    { days: ['mon'], from: '05:00', to: '06:00' },
  ];
  expect(found(hours, '2026-11-02T00:00', '2026-11-04T00:00')).toEqual([
    '11-02T05:00 – 11-02T06:00',
    '11-03T05:00 – 11-03T06:00',
  ]);
});

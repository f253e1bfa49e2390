import { describe, expect, test } from '@jest/globals';
import { type QueueTally, type Seen, tally } from '../../../shared/queues/tally.ts';

const ZONE = 'Asia/Seoul';
const MINUTE = 60_000;
/** Monday in Seoul. */
const MIDNIGHT = Date.parse('2026-11-02T00:00:00+09:00');
const NOON = MIDNIGHT + 12 * 60 * MINUTE;

const add = (seen: Partial<Seen>, before: QueueTally[] = []) =>
  tally(before, { from: NOON - MINUTE, to: NOON, ...seen }, ZONE);

describe('tally', () => {
  test('five workers for a minute - five minutes that are paid for, and the most that ran', () => {
    const first = add({ workers: 5, done: 8.5, failed: 1, arrived: 12 });
    expect(first).toEqual([{ day: '2026-11-02', workerSeconds: 300, done: 8.5, failed: 1, arrived: 12, peak: 5 }]);
    const [second] = add({ from: NOON, to: NOON + MINUTE, workers: 2, done: 4 }, first);
    expect(second).toEqual({ day: '2026-11-02', workerSeconds: 420, done: 12.5, failed: 1, arrived: 12, peak: 5 });
  });

  test('workers that nobody saw - unseen, and not none', () => {
    const [day] = add({ done: 3 });
    expect(day).toMatchObject({ workerSeconds: 0, unseenSeconds: 60, done: 3, peak: 0 });
  });

  test('an hour between two looks - what ran meanwhile is unseen', () => {
    const [day] = add({ from: NOON - 60 * MINUTE, workers: 5 });
    expect(day).toMatchObject({ workerSeconds: 0, unseenSeconds: 3600, peak: 5 });
  });

  test('over midnight - each day has its part; jobs are of the day of the look', () => {
    const days = add({ from: MIDNIGHT - MINUTE / 2, to: MIDNIGHT + MINUTE / 2, workers: 4, done: 6 });
    expect(days.map(({ day, workerSeconds, done, peak }) => [day, workerSeconds, done, peak])).toEqual([
      ['2026-11-01', 120, 0, 4],
      ['2026-11-02', 120, 6, 4],
    ]);
  });

  test('the first look - nothing has passed', () => {
    expect(add({ from: NOON, workers: 3 })).toEqual([
      { day: '2026-11-02', workerSeconds: 0, done: 0, failed: 0, arrived: 0, peak: 3 },
    ]);
  });

  test('the third day - the first is forgotten', () => {
    const day = (date: string): QueueTally => ({
      ...{ day: date, workerSeconds: 60, done: 1, failed: 0, arrived: 1, peak: 1 },
    });
    const days = add({ workers: 1 }, [day('2026-10-31'), day('2026-11-01')]);
    expect(days.map((one) => one.day)).toEqual(['2026-11-01', '2026-11-02']);
  });
});

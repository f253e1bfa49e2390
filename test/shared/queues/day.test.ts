import { describe, expect, test } from '@jest/globals';
import { addMinute, type QueueDay } from '../../../shared/queues/day.ts';
import { aReading, MINUTE, START } from './readings.ts';

/** 09:00 in Seoul, a Monday. */
const minute = (index: number, rest: object = {}) => ({
  ...{ now: START + index * MINUTE, before: START + (index - 1) * MINUTE, isCapped: false, ...rest },
});
const ZONE = 'Asia/Seoul';

describe('a day of a queue', () => {
  test('minute by minute - jobs by their rates, workers by their time, peaks', () => {
    let day: QueueDay | undefined;
    for (const [index, running] of [2, 4, 0].entries()) {
      const reading = aReading(index, { waiting: 10 * running, completions: 8, failures: 1, arrivals: 5 });
      const readBefore = START + (index - 1) * MINUTE;
      ({ today: day } = addMinute(day, minute(index, { reading, readBefore, running, isCapped: index === 1 }), ZONE));
    }
    expect(day).toEqual({
      ...{ day: '2026-11-02', arrived: 15, done: 24, failed: 3, workerSeconds: 360, peakWorkers: 4, peakBacklog: 40 },
      ...{ unreadableMinutes: 0, cappedMinutes: 1 },
    });
  });

  test('readings two minutes apart - the rates of both', () => {
    const reading = aReading(2, { completions: 8 });
    expect(addMinute(undefined, minute(2, { reading, readBefore: START }), ZONE).today.done).toBe(16);
  });

  test('unreadable, and workers that nobody saw - nothing is counted of them', () => {
    expect(addMinute(undefined, minute(1), ZONE).today).toMatchObject({
      ...{ done: 0, workerSeconds: 0, unreadableMinutes: 1 },
    });
  });

  test('not judged for an hour - no more than ten minutes of what runs now', () => {
    const gap = { now: START, before: START - 60 * MINUTE, running: 3, isCapped: false };
    expect(addMinute(undefined, gap, ZONE).today.workerSeconds).toBe(1800);
    expect(addMinute(undefined, { ...gap, before: 0 }, ZONE).today.workerSeconds).toBe(1800);
  });

  test('midnight of its zone - the day that is over, and a new one', () => {
    const midnight = Date.parse('2026-11-03T00:00:00+09:00');
    const one = addMinute(undefined, { now: midnight - MINUTE, isCapped: false, running: 2 }, ZONE);
    expect(one.over).toBeUndefined();
    const next = addMinute(one.today, { now: midnight, before: midnight - MINUTE, isCapped: false, running: 3 }, ZONE);
    expect(next).toMatchObject({
      ...{ over: { day: '2026-11-02', peakWorkers: 2 }, today: { day: '2026-11-03', peakWorkers: 3 } },
    });
  });
});

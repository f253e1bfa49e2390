import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backlogOf, type Reading } from '../../../shared/queues/reading.ts';
import { NOTHING_SIZED, type Sizing, secondsPerJob, size } from '../../../shared/queues/wanted.ts';
import { aReading } from './readings.ts';

const WORKERS = { concurrency: 4, besides: 0, jobSeconds: 30, longestJobSeconds: 300 };
const SCALING = { waitSeconds: 120, max: 50, emptyMinutes: 10 };

/** Reads minute by minute; `undefined` is a minute that could not be read. */
function run(
  readings: (Partial<Reading> | undefined)[],
  before: Sizing = NOTHING_SIZED,
  scaling = SCALING,
  workers = WORKERS,
) {
  let memory = before;
  const wanted = readings.map((partial, minute) => {
    if (!partial) return undefined;
    const reading = aReading(minute, partial);
    const sized = size(memory, reading, scaling, workers, reading.at);
    memory = sized.memory;
    return sized.wanted;
  });
  return { wanted, memory };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('how many', () => {
  test.each([
    [1, 1],
    [16, 1],
    [17, 2],
    [160, 10],
    [500, 32],
    [5000, 50],
  ])('%d jobs of 30 s that may wait 2 minutes, four at once - %d workers', (waiting, workers) => {
    expect(run([{ waiting }]).wanted).toEqual([workers]);
  });

  test('jobs that are due - count, those that are to come do not', () => {
    expect(run([{ due: 160, delayed: 10_000 }]).wanted).toEqual([10]);
  });

  test('more at work than the time asks for - as many workers as are at work', () => {
    expect(run([{ active: 80 }], NOTHING_SIZED, { ...SCALING, waitSeconds: 3600 }).wanted).toEqual([20]);
  });
});

describe('beside workers that are always there', () => {
  const BESIDES = { ...WORKERS, besides: 4 };
  const wanted = (...readings: Partial<Reading>[]) => run(readings, NOTHING_SIZED, SCALING, BESIDES).wanted;

  test.each([
    [16, 0],
    [17, 1],
    [32, 1],
    [33, 2],
    [500, 31],
  ])('%d jobs, 16 of which those four do in time - %d workers', (waiting, workers) => {
    expect(wanted({ waiting, oldestSeconds: 5 })).toEqual([workers]);
  });

  test('more at work than those do at once - workers for the others', () => {
    expect(wanted({ active: 4, oldestSeconds: 0 }, { active: 9, oldestSeconds: 0 })).toEqual([0, 2]);
  });

  test('one that waits longer than it may, since they are busy - gets a worker', () => {
    const busy = { waiting: 1, active: 4 };
    expect(wanted({ ...busy, oldestSeconds: 120 }, { ...busy, oldestSeconds: 121 })).toEqual([0, 1]);
  });

  test('a source that does not tell how long jobs wait - a worker where there are more than those do at once', () => {
    expect(wanted({ waiting: 4 }, { waiting: 5 })).toEqual([0, 1]);
  });

  test('few enough again - none only after ten minutes of that', () => {
    const few = { waiting: 2, active: 2, oldestSeconds: 5 };
    expect(wanted({ waiting: 100, oldestSeconds: 5 }, ...times(12, few)).slice(-3)).toEqual([1, 0, 0]);
  });
});

describe('holding', () => {
  test('a burst is worked off at full strength - and let go of when nothing waits any more', () => {
    const { wanted } = run([
      { waiting: 500 },
      { waiting: 380, active: 120 },
      { waiting: 100, active: 120 },
      { active: 90 },
      { active: 10 },
      {},
    ]);
    expect(wanted).toEqual([32, 32, 32, 30, 23, 3]);
  });

  test('jobs may wait longer than that - held as long as they may', () => {
    const scaling = { ...SCALING, waitSeconds: 1200 };
    const readings = Array.from({ length: 20 }, (_, minute) => ({ waiting: 1000 - 50 * minute }));
    expect(run(readings, NOTHING_SIZED, scaling).wanted).toEqual(times(20, 7));
  });
});

describe('to none', () => {
  test('empty - one is kept until it was empty for ten minutes, then none', () => {
    const { wanted } = run([{ waiting: 10 }, ...times(12, {})]);
    expect(wanted).toEqual([...times(11, 1), 0, 0]);
  });

  test('jobs in between, or one still at work - counted from the start', () => {
    expect(run([{ waiting: 10 }, ...times(9, {}), { active: 1 }, ...times(10, {})]).wanted.at(-1)).toBe(1);
    expect(run([{ waiting: 10 }, ...times(9, {}), { active: 1 }, ...times(11, {})]).wanted.at(-1)).toBe(0);
  });

  test('minutes that nobody saw - are not empty minutes', () => {
    const { wanted } = run([{ waiting: 10 }, ...times(5, {}), ...times(30, undefined), ...times(10, {})]);
    expect(wanted.at(-1)).toBe(1);
  });

  test('empty at the first look - those that run stay for their minutes, and none is started', () => {
    expect(run(times(12, {}), { ...NOTHING_SIZED, wanted: 1 }).wanted).toEqual([...times(10, 1), 0, 0]);
    expect(run(times(2, {})).wanted).toEqual([0, 0]);
  });
});

describe('what a job takes', () => {
  /** As the world is: so many at work, each for so many seconds. */
  const steady = (minutes: number, active: number, seconds: number) =>
    times(minutes, { waiting: 50, active, completions: (active * 60) / seconds });

  test('as it was said - until it is known', () => {
    expect(secondsPerJob(NOTHING_SIZED, WORKERS)).toBe(30);
    expect(secondsPerJob(run([{ waiting: 9 }]).memory, WORKERS)).toBe(30);
  });

  test.each([5, 12, 90, 200])('%d seconds in truth - learned within half an hour', (seconds) => {
    const learned = secondsPerJob(run(steady(30, 40, seconds)).memory, WORKERS);
    expect(Math.abs(learned - seconds) / seconds).toBeLessThan(0.15);
  });

  test('one that is only just begun is not long - a burst begins, and nothing is held to be slow', () => {
    // 120 begin at once in the middle of the minute, and take 30 s.
    const { memory } = run([{ waiting: 500 }, { waiting: 350, active: 120, completions: 30 }]);
    expect(secondsPerJob(memory, WORKERS)).toBeLessThan(60);
  });

  test('none has ended yet of those that were begun - as it was said, and no more workers for it', () => {
    const { wanted } = run([
      { waiting: 500, active: 0, completions: 0 },
      { waiting: 484, active: 16, completions: 0 },
    ]);
    expect(wanted).toEqual([32, 32]);
  });

  test('one of many has ended - they do not seem long for it', () => {
    const { wanted } = run([
      { waiting: 500, completions: 0 },
      { waiting: 455, active: 44, completions: 1 },
    ]);
    expect(wanted).toEqual([32, 32]);
  });

  test('jobs that fail and are tried again for ever - as it was said, so no more workers for them', () => {
    const { wanted, memory } = run(times(600, { waiting: 180, active: 120, completions: 0, failures: 0 }));
    expect(secondsPerJob(memory, WORKERS)).toBe(30);
    expect(new Set(wanted)).toEqual(new Set([30]));
  });

  test('the first of long ones ends after an hour - they are long, but not longer than the longest', () => {
    const long = { ...WORKERS, longestJobSeconds: 7200 };
    const readings = [...times(60, { active: 8, completions: 0 }), { active: 0, completions: 8 }];
    const bounded = secondsPerJob(run(readings).memory, WORKERS);
    expect(bounded).toBeGreaterThan(200);
    expect(bounded).toBeLessThanOrEqual(300);
    const seconds = secondsPerJob(run(readings, NOTHING_SIZED, SCALING, long).memory, long);
    expect(seconds).toBeGreaterThan(1800);
    expect(seconds).toBeLessThan(4500);
  });

  test('a source that does not count what ended - as it was said', () => {
    expect(secondsPerJob(run(times(30, { active: 8 })).memory, WORKERS)).toBe(30);
  });
});

describe('whatever happens', () => {
  const count = fc.oneof(fc.constant(0), fc.nat(3000));
  const reading = fc.option(
    fc.record({ waiting: count, active: count, due: count, completions: count, failures: count }),
    { nil: undefined },
  );
  const scalings = fc.record({
    waitSeconds: fc.integer({ min: 1, max: 7200 }),
    max: fc.integer({ min: 1, max: 50 }),
    emptyMinutes: fc.nat(20),
  });

  test('something is there - at least one, at most all; less than is at work never', () => {
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 40 }), scalings, (readings, scaling) => {
        run(readings, NOTHING_SIZED, scaling).wanted.forEach((wanted, minute) => {
          const seen = readings[minute];
          if (!seen || wanted === undefined) return;
          const backlog = backlogOf(aReading(minute, seen));
          expect(wanted).toBeLessThanOrEqual(scaling.max);
          expect(wanted).toBeGreaterThanOrEqual(backlog > 0 ? 1 : 0);
          expect(wanted).toBeGreaterThanOrEqual(Math.min(scaling.max, Math.ceil(seen.active / 4)));
        });
      }),
    );
  });

  test('none after some - only when so many minutes on end were seen, and all empty', () => {
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), fc.nat(8), (readings, emptyMinutes) => {
        const { wanted } = run(readings, { ...NOTHING_SIZED, wanted: 5 }, { ...SCALING, emptyMinutes });
        const minute = wanted.indexOf(0);
        if (minute < 0) return;
        const last = readings.slice(Math.max(0, minute - emptyMinutes), minute + 1);
        expect(minute).toBeGreaterThanOrEqual(emptyMinutes);
        // One minute that was missed is no gap yet.
        expect(last.filter((seen) => seen && backlogOf(aReading(0, seen)) > 0)).toEqual([]);
      }),
    );
  });

  test('more jobs - never fewer workers', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (few, more) => {
        const of = (waiting: number) => run([{ waiting }]).wanted[0] ?? 0;
        expect(of(few + more)).toBeGreaterThanOrEqual(of(few));
      }),
    );
  });

  test('an empty queue - starts nothing', () => {
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 40 }), (readings) => {
        const { wanted, memory } = run(readings);
        const after = size(memory, aReading(99), SCALING, WORKERS, aReading(99).at).wanted;
        expect(after).toBeLessThanOrEqual(wanted.findLast((one) => one !== undefined) ?? 0);
      }),
    );
  });
});

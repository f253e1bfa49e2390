import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Reading } from '../../../shared/queues/reading.ts';
import { judgeRunaway, NEVER_RAN_AWAY, type RunawayMemory } from '../../../shared/queues/runaway.ts';
import { aQueue } from '../builders.ts';
import { aReading } from './readings.ts';

type Minute = Partial<Reading> & { workers?: number };

/** Judges minute by minute, a job of 30 s unless told otherwise; `undefined` is one that could not be read. */
function run(minutes: (Minute | undefined)[], before: RunawayMemory = NEVER_RAN_AWAY, seconds = 30, from = 0) {
  let memory = before;
  const changes = minutes.flatMap((minute, index) => {
    if (!minute) return [];
    const { workers, ...reading } = minute;
    const judged = judgeRunaway(memory, aReading(from + index, reading), workers, aQueue(), seconds);
    memory = judged.memory;
    return judged.change ? [`${from + index} ${judged.change}`] : [];
  });
  return { changes, memory };
}

const minutes = (count: number, of: (minute: number) => Minute): Minute[] =>
  Array.from({ length: count }, (_, minute) => of(minute));

/** Jobs fail, are tried again, and come back: five more workers each minute do nothing for the queue. */
const poisoned = (minute: number): Minute => ({ waiting: 300, active: 20, workers: 5 * minute, completions: 0 });

describe('the queue does not get shorter while workers become more', () => {
  test('for ten minutes - the maximum is held down, once', () => {
    const { changes, memory } = run(minutes(15, poisoned));
    expect(changes).toEqual(['10 capped']);
    expect(memory.capped).toMatchObject({ why: 'backlog', backlog: 320, minutes: 10 });
  });

  test('it got shorter in between, or the workers are as many - nothing', () => {
    expect(run(minutes(25, (minute) => ({ ...poisoned(minute), waiting: minute === 5 ? 299 : 300 }))).changes).toEqual([
      '15 capped',
    ]);
    expect(run(minutes(25, (minute) => ({ ...poisoned(minute), workers: 9 }))).changes).toEqual([]);
  });

  test('as many as ever, but more than a runaway may have, and nothing is done - the maximum is held down', () => {
    const vain = (minute: number): Minute => ({ ...poisoned(minute), workers: 50 });
    expect(run(minutes(15, vain)).changes).toEqual(['10 capped']);
    const { completions: _, ...untold } = vain(0);
    expect(run(minutes(15, () => untold)).changes).toEqual([]);
  });

  test('failed jobs are tried again later - those that are delayed meanwhile make no shorter queue', () => {
    const later = (minute: number): Minute => ({
      ...poisoned(minute),
      waiting: 300 - 20 * minute,
      delayed: 20 * minute,
    });
    expect(run(minutes(15, later)).changes).toEqual(['10 capped']);
  });

  test('workers that have only just come - have their time first', () => {
    const late = (minute: number): Minute => ({ ...poisoned(minute), workers: minute < 10 ? 0 : 7 });
    expect(run(minutes(15, late)).changes).toEqual([]);
    expect(run(minutes(16, late)).changes).toEqual(['15 capped']);
  });

  test('more comes than is done, and the workers do what they should - nothing', () => {
    const busy = (minute: number): Minute => {
      const workers = Math.min(50, 5 * minute);
      return { waiting: 300 + 20 * minute, active: 4 * workers, workers, completions: 8 * workers };
    };
    expect(run(minutes(40, busy)).changes).toEqual([]);
  });

  test('jobs of half an hour - they have two of them before that is said', () => {
    expect(run(minutes(70, poisoned), NEVER_RAN_AWAY, 1800).changes).toEqual(['60 capped']);
  });

  test('a gap, or nobody sees the workers - it begins anew', () => {
    const gap = minutes(20, poisoned).map((minute, index) => (index > 4 && index < 8 ? undefined : minute));
    expect(run(gap).changes).toEqual(['18 capped']);
    expect(
      run(
        minutes(12, (minute) => ({
          ...poisoned(minute),
          ...((minute === 6 || minute === 7) && { workers: undefined }),
        })),
      ).changes,
    ).toEqual([]);
  });
});

describe('jobs fail', () => {
  const failing: Minute = { waiting: 50, active: 4, workers: 3, completions: 8, failures: 2, errorPercent: 20 };

  test('more than so many percent for three minutes - the maximum is held down', () => {
    const { changes, memory } = run(minutes(5, () => failing));
    expect(changes).toEqual(['2 capped']);
    expect(memory.capped).toMatchObject({ why: 'errors', minutes: 3 });
  });

  test('two minutes, or of four jobs altogether - nothing', () => {
    expect(run([failing, failing, { ...failing, errorPercent: 10 }, failing, failing]).changes).toEqual([]);
    const few: Minute = { ...failing, completions: 0, failures: 1, errorPercent: 100 };
    expect(run([few, few, few, few]).changes).toEqual([]);
    expect(run([few, few, few, few, few]).changes).toEqual(['4 capped']);
  });

  test('minutes in which none ended, or that nobody saw - change nothing', () => {
    const { errorPercent: _, completions: __, failures: ___, ...none } = failing;
    expect(run([failing, none, undefined, failing, none, failing]).changes).toEqual(['5 capped']);
  });

  test('a source that tells the rate alone - is believed', () => {
    const rate: Minute = { waiting: 50, active: 4, errorPercent: 11 };
    expect(run([rate, rate, rate]).changes).toEqual(['2 capped']);
  });
});

describe('until it is cured', () => {
  const capped = run(minutes(11, poisoned)).memory;
  const later = (of: (minute: number) => Minute | undefined, count = 30) =>
    run(
      Array.from({ length: count }, (_, minute) => of(minute)),
      capped,
      30,
      11,
    ).changes;

  test('ten minutes in which it is shorter or empty - restored', () => {
    expect(later((minute) => ({ waiting: 310 - minute, workers: 10 }))).toEqual(['20 restored']);
    expect(later(() => ({ workers: 10 }))).toEqual(['20 restored']);
  });

  test('it is longer, but ten workers do what they can - restored', () => {
    expect(later(() => ({ waiting: 900, active: 40, workers: 10, completions: 80 }))).toEqual([
      expect.stringMatching(/^2[0-3] restored$/),
    ]);
  });

  test('as bad as before, or one bad minute each nine - never', () => {
    expect(later(() => poisoned(2))).toEqual([]);
    expect(later((minute) => (minute % 9 === 0 ? poisoned(2) : { waiting: 10, workers: 10 }))).toEqual([]);
    expect(later(() => ({ waiting: 10, workers: 10, errorPercent: 40 }))).toEqual([]);
  });

  test('jobs failed, and now there are none - restored', () => {
    const failing: Minute = { waiting: 50, workers: 3, completions: 8, failures: 2, errorPercent: 20 };
    expect(run([failing, failing, failing, ...minutes(10, () => ({ workers: 0 }))]).changes).toEqual([
      ...['2 capped', '12 restored'],
    ]);
  });

  test('nobody can see it - it stays', () => {
    expect(later(() => undefined)).toEqual([]);
  });

  test('restored - ten minutes in vain are needed for the next', () => {
    const free = run(
      minutes(10, () => ({ workers: 10 })),
      capped,
      30,
      11,
    ).memory;
    expect(run(minutes(12, poisoned), free, 30, 21).changes).toEqual(['31 capped']);
  });
});

test('whatever happens - it is capped and restored in turn, and little is remembered', () => {
  const minute = fc.option(
    fc.record({
      waiting: fc.nat(500),
      workers: fc.option(fc.nat(50), { nil: undefined }),
      completions: fc.nat(100),
      errorPercent: fc.option(fc.nat(100), { nil: undefined }),
    }),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.array(minute, { maxLength: 80 }), (all) => {
      const { changes, memory } = run(all as (Minute | undefined)[]);
      changes.forEach((change, index) => {
        expect(change).toMatch(index % 2 === 0 ? /capped/ : /restored/);
      });
      expect(memory.samples.length).toBeLessThanOrEqual(11);
      expect(memory.capped !== undefined).toBe(changes.length % 2 === 1);
    }),
  );
});

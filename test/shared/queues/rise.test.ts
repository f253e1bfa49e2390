import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Rise, raised, riseOf } from '../../../shared/queues/rise.ts';
import { MINUTE, START } from './readings.ts';

const LIMITS = { min: 1, max: 10, inSuspended: false, outSuspended: false };

/** Minute by minute: how many are wanted and asked for. @returns the least that there is to be by it */
function run(minutes: [wanted: number | undefined, desired: number | undefined][]): (number | undefined)[] {
  let rise: Rise | undefined;
  return minutes.map(([wanted, desired], minute) => {
    rise = riseOf(rise, wanted, desired, START + minute * MINUTE);
    return rise?.workers;
  });
}

describe('riseOf', () => {
  test('more are wanted than are asked for - so many at least, for three minutes', () => {
    expect(
      run([
        [0, 0],
        [8, 0],
        [8, 8],
        [8, 8],
        [8, 8],
        [8, 8],
      ]),
    ).toEqual([undefined, 8, 8, 8, undefined, undefined]);
  });

  test('fewer are wanted meanwhile - no more than those', () => {
    expect(
      run([
        [8, 0],
        [5, 8],
        [0, 8],
      ]),
    ).toEqual([8, 5, 0]);
  });

  test('they become more and more - from the last on', () => {
    expect(
      run([
        [3, 0],
        [6, 3],
        [6, 6],
        [6, 6],
        [6, 6],
      ]),
    ).toEqual([3, 6, 6, 6, undefined]);
  });

  test('nobody could read it, or ECS does not tell - what was begun goes on, and nothing begins', () => {
    expect(
      run([
        [8, 0],
        [undefined, 8],
        [undefined, 8],
        [undefined, 0],
      ]),
    ).toEqual([8, 8, 8, undefined]);
    expect(
      run([
        [8, undefined],
        [8, undefined],
      ]),
    ).toEqual([undefined, undefined]);
  });
});

test('raised - never over the maximum, whatever it is, and never under the minimum', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), (workers, max) => {
      const { min } = raised({ ...LIMITS, min: Math.min(1, max), max }, { workers, at: START });
      expect(min).toBe(Math.min(max, Math.max(1, workers)));
    }),
  );
  expect(raised(LIMITS, undefined)).toEqual(LIMITS);
});

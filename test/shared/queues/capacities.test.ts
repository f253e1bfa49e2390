import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { capacities, capacityFor } from '../../../shared/queues/capacities.ts';

const LIMIT = fc.integer({ min: 1, max: 500 });

describe('how many workers a policy can set', () => {
  test('any maximum - at most twenty numbers that grow, from one to it, each at most half as much again', () => {
    fc.assert(
      fc.property(LIMIT, (max) => {
        const found = capacities(max);
        expect(found.length).toBe(Math.min(max, 20));
        expect([found[0], found.at(-1)]).toEqual([1, max]);
        for (const [index, workers] of found.slice(1).entries()) {
          const before = found[index] ?? 0;
          expect(workers).toBeGreaterThan(before);
          expect(workers).toBeLessThanOrEqual(Math.max(before + 1, Math.ceil(before * 1.5)));
        }
      }),
    );
  });

  test('twenty or fewer at most - every number', () => {
    expect(capacities(20)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('so many wanted - the least that is enough; none for none; the maximum for more', () => {
    fc.assert(
      fc.property(LIMIT, LIMIT, (max, wanted) => {
        const set = capacityFor(wanted, max);
        expect(capacities(max)).toContain(set);
        expect(set >= Math.min(wanted, max)).toBe(true);
        expect(capacities(max).some((workers) => workers >= wanted && workers < set)).toBe(false);
      }),
    );
    expect([capacityFor(0, 50), capacityFor(60, 50)]).toEqual([0, 50]);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ratesOf } from '../../../shared/queues/rates.ts';
import type { Mark } from '../../../shared/queues/reading.ts';

const aMark = (rest: Partial<Mark> = {}): Mark => ({ at: 0, added: 100, inside: 10, failed: 2, ...rest });
const minute = (rest: Partial<Mark>): Mark => aMark({ at: 60_000, ...rest });

describe('ratesOf', () => {
  test('jobs came, were done and failed - each a minute', () => {
    expect(ratesOf(aMark(), aMark({ at: 120_000, added: 120, inside: 12, failed: 4 }), 2)).toEqual({
      ...{ arrivals: 10, completions: 8, failures: 1 },
      errorPercent: 11.11,
    });
  });

  test.each([
    ['it is the first reading', undefined, aMark()],
    ['no time has passed', aMark(), aMark()],
    ['the counter went back', aMark(), minute({ added: 3, inside: 3, failed: 0 })],
  ])('%s - nothing is known', (_, before, now) => {
    expect(ratesOf(before, now, 0)).toEqual({});
  });

  test('failed jobs were removed meanwhile - those that failed lately are counted', () => {
    expect(ratesOf(aMark(), minute({ added: 105, inside: 10, failed: 0 }), 3)).toMatchObject({
      completions: 2,
      failures: 3,
    });
  });

  test('the clocks of workers are behind - what grew is counted', () => {
    expect(ratesOf(aMark(), minute({ added: 105, failed: 5 }), 1)).toMatchObject({ completions: 2, failures: 3 });
  });

  test('failed jobs are tried again by a person - no negative rate', () => {
    expect(ratesOf(aMark({ failed: 20 }), minute({ inside: 28, failed: 2 }), 0)).toEqual({
      ...{ arrivals: 0, completions: 0, failures: 0 },
    });
  });

  test('nothing ended - there is no error rate', () => {
    expect(ratesOf(aMark(), minute({ added: 103, inside: 13 }), 0)).not.toHaveProperty('errorPercent');
  });

  test('only failures are counted - they are told, and nothing is made of what is not known', () => {
    const before: Mark = { at: 0, inside: 5, failed: 1 };
    expect(ratesOf(before, { at: 60_000, inside: 4, failed: 3 })).toEqual({ failures: 2 });
    expect(ratesOf({ at: 0, inside: 5 }, { at: 60_000, inside: 4 })).toEqual({});
  });

  test('whatever happens - every job that came is inside, done or failed', () => {
    const some = fc.nat(500);
    fc.assert(
      fc.property(
        fc.record({ inside: some, came: some, done: some, failed: some }),
        ({ inside, came, done, failed }) => {
          fc.pre(inside + came >= done + failed);
          const now = minute({ added: 100 + came, inside: inside + came - done - failed, failed: 2 + failed });
          const { arrivals, completions, failures } = ratesOf(aMark({ inside }), now, 0);
          expect([arrivals, completions, failures]).toEqual([came, done, failed]);
        },
      ),
    );
  });
});

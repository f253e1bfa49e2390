import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Result } from '../../../shared/watch/result.ts';
import { advance, CALM, type Change, isCalm, isFlapping, release, type Streak } from '../../../shared/watch/streak.ts';
import { BAD, OK, UNKNOWN } from './services.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-02T00:00:00Z');
const LIMITS = { openAfter: 3, closeAfter: 2 };
const LETTERS: Record<string, Result> = { o: OK, f: BAD, u: UNKNOWN };

/** One letter a minute: ok, failed, unknown. What changed, by the minute. */
function run(letters: string, limits: Partial<typeof LIMITS> & { isHeld?: boolean; mayOpen?: boolean } = {}) {
  let streak: Streak = CALM;
  const changes: { minute: number; change: Change }[] = [];
  [...letters].forEach((letter, minute) => {
    const step = advance(streak, LETTERS[letter] ?? OK, { ...LIMITS, ...limits }, START + minute * MINUTE);
    streak = step.streak;
    changes.push(...step.changes.map((change) => ({ minute, change })));
  });
  return { streak, changes, said: changes.map(({ minute, change }) => `${change.what} ${minute}`) };
}

describe('a row of results', () => {
  test.each([
    ['ooo', []],
    ['ffo', []],
    ['ffoff', []],
    ['fff', ['opened 2']],
    ['fffff', ['opened 2']],
    ['ffuf', ['opened 3']],
    ['fffo', ['opened 2']],
    ['fffofo', ['opened 2']],
    ['fffoo', ['opened 2', 'closed 4']],
    ['fffouo', ['opened 2', 'closed 5']],
    ['fffoofff', ['opened 2', 'closed 4', 'opened 7']],
    ['uuu', []],
  ])('%s - %j', (letters, said) => {
    expect(run(letters).said).toEqual(said);
  });

  test('a downtime - is from its first failure to its first success', () => {
    const [opened, closed] = run('offfofoo').changes;
    expect(opened?.change).toMatchObject({ down: { from: START + MINUTE, openedAt: START + 3 * MINUTE } });
    expect(closed?.change).toMatchObject({ down: { from: START + MINUTE }, to: START + 6 * MINUTE });
  });

  test('while it is held - failures do not count, and what is down may come up', () => {
    expect(run('ffffff', { isHeld: true })).toMatchObject({ said: [], streak: { failures: 0 } });
    const down = run('fff').streak;
    const first = advance(down, OK, { ...LIMITS, isHeld: true }, START);
    expect(advance(first.streak, OK, { ...LIMITS, isHeld: true }, START).changes).toMatchObject([{ what: 'closed' }]);
  });

  test('while it may not open - failures count, and then it opens at once', () => {
    const { streak, said } = run('fffff', { mayOpen: false });
    expect(said).toEqual([]);
    expect(advance(streak, BAD, LIMITS, START).changes).toMatchObject([{ what: 'opened', down: { from: START } }]);
  });

  test('a quarter of an hour without an answer to how it is - said once, and that it is over', () => {
    expect(run(`${'u'.repeat(20)}o`).said).toEqual(['unseen 14', 'seen 20']);
    expect(run('uuuuo').said).toEqual([]);
  });

  test('three openings within an hour - flapping, until an hour has seen fewer', () => {
    const { streak } = run('fffoo'.repeat(3));
    expect(isFlapping(streak, START + 15 * MINUTE)).toBe(true);
    expect(isFlapping(streak, START + 63 * MINUTE)).toBe(false);
    expect(isFlapping(run('fffoo'.repeat(2)).streak, START + 10 * MINUTE)).toBe(false);
  });

  test('off by plan - a downtime ends, a row of failures is forgotten', () => {
    expect(release(run('ff').streak, START)).toMatchObject({ changes: [], streak: { failures: 0 } });
    expect(isCalm(release(run('ff').streak, START).streak)).toBe(true);
    expect(release(run('fff').streak, START).changes).toMatchObject([{ what: 'closed', to: START }]);
  });
});

describe('any row of results', () => {
  const letters = fc.string({ unit: fc.constantFrom('o', 'f', 'f', 'u'), maxLength: 120 });
  const limits = fc.record({ openAfter: fc.integer({ min: 1, max: 5 }), closeAfter: fc.integer({ min: 1, max: 4 }) });
  /** What is known of it, without what is not. */
  const known = (row: string, upTo: number) => row.slice(0, upTo + 1).replaceAll('u', '');

  test('it opens and closes in turn, opens only on a failure and closes only on a success', () => {
    fc.assert(
      fc.property(letters, limits, (row, limit) => {
        const found = run(row, limit).changes.filter(({ change }) => /opened|closed/.test(change.what));
        found.forEach(({ minute, change }, index) => {
          expect(change.what).toBe(index % 2 === 0 ? 'opened' : 'closed');
          expect(row[minute]).toBe(change.what === 'opened' ? 'f' : 'o');
        });
      }),
    );
  });

  test('it opens after just so many failures in a row, and closes after just so many successes', () => {
    fc.assert(
      fc.property(letters, limits, (row, limit) => {
        for (const { minute, change } of run(row, limit).changes) {
          if (change.what === 'opened') expect(known(row, minute)).toMatch(new RegExp(`f{${limit.openAfter}}$`));
          if (change.what === 'closed') expect(known(row, minute)).toMatch(new RegExp(`o{${limit.closeAfter}}$`));
        }
      }),
    );
  });

  test('what is unknown changes nothing - without it, the same happens', () => {
    fc.assert(
      fc.property(letters, limits, (row, limit) => {
        const states = (of: string) => run(of, limit).changes.map(({ change }) => change.what);
        const about = (what: string) => /opened|closed/.test(what);
        expect(states(row).filter(about)).toEqual(states(row.replaceAll('u', '')).filter(about));
      }),
    );
  });

  test('a downtime - begins before it opened and ends after it began', () => {
    fc.assert(
      fc.property(letters, limits, (row, limit) => {
        for (const { minute, change } of run(row, limit).changes) {
          if (change.what === 'opened') expect(change.down.from).toBeLessThanOrEqual(change.down.openedAt);
          if (change.what === 'closed') {
            expect(change.to).toBeGreaterThan(change.down.from);
            expect(change.to).toBeLessThanOrEqual(START + minute * MINUTE);
          }
        }
      }),
    );
  });

  test('while it is held, or may not open - it never opens', () => {
    fc.assert(
      fc.property(letters, fc.constantFrom({ isHeld: true }, { mayOpen: false }), (row, hold) => {
        expect(run(row, hold).said.filter((said) => said.startsWith('opened'))).toEqual([]);
      }),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { type Found, follow, type Troubles } from '../../../shared/queues/trouble.ts';
import { MINUTE, START } from './readings.ts';

function run(minutes: Found[], before: Troubles = {}) {
  let troubles = before;
  const changes = minutes.flatMap((found, minute) => {
    const next = follow(troubles, found, START + minute * MINUTE);
    troubles = next.troubles;
    return next.changes.map(({ trouble, what }) => `${minute} ${trouble} ${what}`);
  });
  return { changes, troubles };
}

const times = (count: number, found: Found): Found[] => Array.from({ length: count }, () => found);

describe('follow', () => {
  test('unreadable for three minutes - told once, and when it is over', () => {
    const bad = { unreadable: 'refuses connections' };
    expect(run([...times(6, bad), { unreadable: false }, { unreadable: false }]).changes).toEqual([
      ...['2 unreadable opened', '6 unreadable resolved'],
    ]);
  });

  test('over before anybody was told - nothing is told, and it begins anew', () => {
    const bad = { unreadable: 'x' };
    const { changes, troubles } = run([bad, bad, { unreadable: false }, bad, bad]);
    expect(changes).toEqual([]);
    expect(troubles.unreadable).toEqual({ since: START + 3 * MINUTE, minutes: 2, problem: 'x' });
  });

  test('nobody knows - it stays as it was', () => {
    const bad = { overloaded: 'late' };
    expect(run([...times(9, bad), {}, {}, bad]).changes).toEqual(['11 overloaded opened']);
    expect(run([...times(10, bad), ...times(9, {})]).troubles.overloaded).toMatchObject({ told: true, minutes: 10 });
  });

  test('gone for less than its patience - one incident, not two', () => {
    const [bad, good] = [{ overloaded: 'late' }, { overloaded: false as const }];
    expect(run([...times(10, bad), ...times(4, good), bad, ...times(5, good)]).changes).toEqual([
      ...['9 overloaded opened', '19 overloaded resolved'],
    ]);
  });

  test('several at once - each by itself, with what is wrong at last', () => {
    const { changes, troubles } = run([
      { service: 'absent', memory: 'full' },
      { service: 'absent', memory: false },
      { service: 'AccessDeniedException: no', memory: false },
    ]);
    expect(changes).toEqual(['0 memory opened', '2 service opened', '2 memory resolved']);
    expect(troubles).toEqual({
      service: { since: START, minutes: 3, problem: 'AccessDeniedException: no', told: true },
    });
  });
});

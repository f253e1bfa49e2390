import { describe, expect, test } from '@jest/globals';
import { reaches } from '../../../shared/cost/forecast.ts';
import type { Look } from '../../../shared/cost/reckon.ts';
import { aStage, aWorkload, INSTANCE } from '../builders.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-02T12:00:00+09:00');
const MIDNIGHT = NOW + 12 * HOUR;
const of = (type: string) => aWorkload({ instance: { id: INSTANCE, type } });
const stage = aStage({ prices: { one: 1, two: 2 }, workloads: { a: of('one'), b: of('two') } });
const at = (limit: number, spent: number, looks: Record<string, Look>, only?: string) => {
  const found = reaches(limit, spent, looks, stage, {
    now: NOW,
    midnight: MIDNIGHT,
    ...(only !== undefined && { only }),
  });
  return found === undefined ? undefined : (found - NOW) / HOUR;
};
const on = (hours?: number): Look => ({ isOn: true, ...(hours !== undefined && { offBy: NOW + hours * HOUR }) });
const off: Look = { isOn: false };

describe('reaches', () => {
  test.each<[string, number | undefined, number, number, Record<string, Look>]>([
    ['both on, nine dollars left - three hours', 3, 20, 11, { a: on(), b: on() }],
    ['one goes off in an hour - the other takes what is left', 4, 9, 3, { a: on(), b: on(1) }],
    ['all is off before - not today', undefined, 20, 11, { a: on(1), b: on(2) }],
    ['midnight comes before - not today', undefined, 100, 11, { a: on(), b: on() }],
    ['expected off after midnight - reckoned to midnight', undefined, 30, 11, { a: on(20), b: off }],
    ['nothing is on', undefined, 20, 19.99, { a: off, b: off }],
    ['what cannot be seen is not guessed', undefined, 20, 11, { a: { unseen: 'x' }, b: { unseen: 'x' } }],
    ['it is reached already - now', 0, 20, 21, { a: on(), b: on() }],
  ])('%s', (_, expected, limit, spent, looks) => {
    if (expected === undefined) expect(at(limit, spent, looks)).toBeUndefined();
    else expect(at(limit, spent, looks)).toBeCloseTo(expected, 6);
  });

  test('the limit of one workload - the others do not count', () => {
    expect(at(5, 3, { a: on(), b: on() }, 'b')).toBeCloseTo(1, 6);
  });
});

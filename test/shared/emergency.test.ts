import { describe, expect, test } from '@jest/globals';
import { outcomes, type StopResult, whyLeft } from '../../shared/emergency.ts';

const target = (id: string): StopResult['target'] => ({ kind: 'instance', workload: 'nightly', id });
const round = (states: Record<string, StopResult['state']>) =>
  Object.entries(states).map(([id, state]): StopResult => ({ state, target: target(id) }));
const states = (...rounds: StopResult[][]) =>
  Object.fromEntries(outcomes(rounds).map(({ target: { id }, state }) => [id, state]));

describe('outcomes', () => {
  test('off in the last round - stopped where an earlier one found it on, otherwise it was off', () => {
    expect(
      states(round({ a: 'stopped', b: 'was-off', c: 'left' }), round({ a: 'was-off', b: 'was-off', c: 'was-off' })),
    ).toEqual({
      a: 'stopped',
      b: 'was-off',
      c: 'stopped',
    });
  });

  test('on in the last round - left, whatever was before', () => {
    expect(states(round({ a: 'stopped' }), round({ a: 'left' }))).toEqual({ a: 'left' });
  });

  test('no round - nothing', () => {
    expect(outcomes([])).toEqual([]);
  });
});

describe('whyLeft', () => {
  const left = (more: Partial<StopResult>) => whyLeft({ state: 'left', target: target('a'), ...more });

  test.each<[string, Partial<StopResult>, string]>([
    ['AWS refused', { error: { Error: 'Ec2.Ec2Exception', Cause: 'not allowed' } }, 'Ec2.Ec2Exception: not allowed'],
    ['an error without a cause', { error: { Error: 'States.Timeout' } }, 'States.Timeout'],
    [
      'the run that should have deleted it says why',
      {
        now: 'CREATE_COMPLETE',
        ended: { Status: 'SUCCEEDED', Output: '{"status":"failed","reason":"DataWouldBeLost: Redis"}' },
      },
      'DataWouldBeLost: Redis',
    ],
    [
      'its execution died',
      { ended: { Status: 'FAILED', Error: 'NotAdmitted', Cause: 'no answer' } },
      'FAILED: NotAdmitted: no answer',
    ],
    ['it is only on', { now: 'running' }, 'running'],
    ['nothing is known', {}, ''],
  ])('%s', (_, more, why) => {
    expect(left(more)).toBe(why);
  });
});

import { describe, expect, test } from '@jest/globals';
import { datapointOf, judged, type Threshold } from '../../../rehearsal/aws/threshold.ts';

const CPU: Threshold = { statistic: 'Average', seconds: 60, evaluations: 3, over: 80, treatMissing: 'missing' };
const SIGN: Threshold = { statistic: 'SampleCount', seconds: 300, evaluations: 3, under: 1, treatMissing: 'breaching' };

describe('what a period comes to', () => {
  test.each([
    ['Average', [10, undefined, 20], 15],
    ['Maximum', [10, undefined, 20], 20],
    ['SampleCount', [10, undefined, 20], 2],
    ['Average', [undefined], undefined],
    ['SampleCount', [], undefined],
  ])('%s of %j - %s', (statistic, samples, expected) => expect(datapointOf(statistic, samples)).toBe(expected));
});

describe('an alarm', () => {
  test.each([
    ['over it as often as it is evaluated - ALARM', [81, 82, 83], 'OK', 'ALARM'],
    ['just at it - OK', [81, 80, 83], 'ALARM', 'OK'],
    ['over it, but not yet as often - as before', [81, 82], 'OK', 'OK'],
    ['some data missing - the newest that there are count', [81, 82, undefined, 83], 'OK', 'ALARM'],
    [
      'all data missing - INSUFFICIENT_DATA',
      [90, undefined, undefined, undefined, undefined, undefined],
      'ALARM',
      'INSUFFICIENT_DATA',
    ],
  ] as const)('%s', (_, points, before, after) => expect(judged(CPU, [...points], before)).toBe(after));

  test('of missing data - goes off after three periods without any, and not before', () => {
    expect(judged(SIGN, [5, undefined, undefined], 'OK')).toBe('OK');
    expect(judged(SIGN, [5, undefined, undefined, undefined], 'OK')).toBe('ALARM');
    expect(judged(SIGN, [undefined, undefined, 5], 'ALARM')).toBe('OK');
  });
});

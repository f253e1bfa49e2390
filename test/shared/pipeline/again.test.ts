import { describe, expect, test } from '@jest/globals';
import { askedFor } from '../../../shared/pipeline/again.ts';
import type { Again } from '../../../shared/state/runs.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import { aPipeline, aRecord } from './a-run.ts';

const { steps } = aPipeline();
const BEFORE: Record<string, StepRecord['status']> = {
  ...{ check: 'succeeded', kospi: 'failed', kosdaq: 'succeeded', save: 'passed-over', log: 'passed-over' },
};
const asked = (again: Again | undefined, before = BEFORE) =>
  Object.keys(steps).filter((step) => {
    const status = before[step];
    return askedFor(step, again, steps, status && aRecord(step, { status })) === 'run';
  });

describe('what of a run is run', () => {
  test.each<[string, Again | undefined, string]>([
    ['the first time', undefined, 'check kospi kosdaq save log'],
    ['all of it again', {}, 'check kospi kosdaq save log'],
    ['only what failed, and what was passed over for it', { only: 'failed' }, 'kospi save log'],
    ['from a step on, be it by way of others', { from: 'kospi' }, 'kospi save log'],
    ['from the first', { from: 'check' }, 'check kospi kosdaq save log'],
    ['from the last', { from: 'log' }, 'log'],
    ['what failed from a step on', { from: 'kosdaq', only: 'failed' }, 'save log'],
  ])('%s', (_, again, expected) => {
    expect(asked(again).join(' ')).toBe(expected);
  });

  test('only what failed, and a step was never come by - that too', () => {
    expect(asked({ only: 'failed' }, { check: 'succeeded', kospi: 'timed-out' })).toEqual([
      ...['kospi', 'kosdaq', 'save', 'log'],
    ]);
  });
});

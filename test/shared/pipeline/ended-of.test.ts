import { expect, test } from '@jest/globals';
import { endedOf } from '../../../shared/pipeline/ended-of.ts';
import { aPipeline, aRecord } from './a-run.ts';

test('the steps of a run - in the order of the stage file, with what is known of each', () => {
  const records = [
    aRecord('save', { status: 'passed-over', startedAt: undefined, reason: 'kospi did not succeed' }),
    aRecord('kospi', { status: 'failed', tries: 3, reason: 'JobFailed', log: 'here' }),
    aRecord('kosdaq', { status: 'running', endedAt: undefined }),
    aRecord('check', { seconds: 20, numbers: { day: 1 }, tries: 1, warnings: ['day is 1, less than 2'] }),
    aRecord('log', { generation: 0 }),
  ];
  expect(endedOf(aPipeline().steps, records, 1)).toEqual([
    { name: 'check', status: 'succeeded', seconds: 20, numbers: { day: 1 }, warnings: ['day is 1, less than 2'] },
    { name: 'kospi', status: 'failed', seconds: 60, tries: 3, reason: 'JobFailed', log: 'here' },
    { name: 'kosdaq', status: 'failed', reason: 'how it ended is not known' },
    { name: 'save', status: 'passed-over', reason: 'kospi did not succeed' },
    { name: 'log', status: 'passed-over', reason: 'it was not come by' },
  ]);
});

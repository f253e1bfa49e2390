import { StackStatus } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from '@jest/globals';
import { meaningOf, outcomeOf } from '../../../functions/check-stack/states.ts';

/** Written out from the issue, not from the code: what a start and a stop do about each state. */
const TABLE: [status: string, start: string, stop: string][] = [
  ['absent', 'create', 'gone'],
  ['CREATE_COMPLETE', 'up', 'delete'],
  ['CREATE_FAILED', 'recreate', 'delete'],
  ['CREATE_IN_PROGRESS', 'wait', 'wait'],
  ['DELETE_FAILED', 'person', 'delete'],
  ['DELETE_IN_PROGRESS', 'wait', 'wait'],
  ['IMPORT_COMPLETE', 'up', 'delete'],
  ['IMPORT_IN_PROGRESS', 'wait', 'wait'],
  ['IMPORT_ROLLBACK_COMPLETE', 'up', 'delete'],
  ['IMPORT_ROLLBACK_FAILED', 'person', 'delete'],
  ['IMPORT_ROLLBACK_IN_PROGRESS', 'wait', 'wait'],
  ['REVIEW_IN_PROGRESS', 'person', 'gone'],
  ['ROLLBACK_COMPLETE', 'recreate', 'delete'],
  ['ROLLBACK_FAILED', 'recreate', 'delete'],
  ['ROLLBACK_IN_PROGRESS', 'wait', 'wait'],
  ['UPDATE_COMPLETE', 'up', 'delete'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'wait', 'wait'],
  ['UPDATE_FAILED', 'person', 'delete'],
  ['UPDATE_IN_PROGRESS', 'wait', 'wait'],
  ['UPDATE_ROLLBACK_COMPLETE', 'up', 'delete'],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'wait', 'wait'],
  ['UPDATE_ROLLBACK_FAILED', 'person', 'delete'],
  ['UPDATE_ROLLBACK_IN_PROGRESS', 'wait', 'wait'],
];
const STATUSES = TABLE.map(([status]) => status);

describe('meaningOf', () => {
  test.each(TABLE)('%s - a start: %s; a stop: %s', (status, start, stop) => {
    expect(meaningOf(status)).toEqual({ start, stop });
  });

  test('the table - has each state that the SDK knows; DELETE_COMPLETE is told as absent', () => {
    const known = Object.values(StackStatus).filter((status) => status !== 'DELETE_COMPLETE');
    expect(STATUSES.filter((status) => status !== 'absent')).toEqual([...known].sort());
  });

  test('a state that AWS invents one day - waited for when it goes on, else a person’s, and never left on', () => {
    expect(meaningOf('REPAIR_IN_PROGRESS')).toEqual({ start: 'wait', stop: 'wait' });
    expect(meaningOf('REPAIR_COMPLETE')).toEqual({ start: 'person', stop: 'delete' });
  });
});

describe('outcomeOf', () => {
  const GOES_ON = {
    created: [
      'CREATE_IN_PROGRESS',
      'IMPORT_ROLLBACK_IN_PROGRESS',
      'ROLLBACK_IN_PROGRESS',
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_ROLLBACK_IN_PROGRESS',
    ],
    updated: [
      'IMPORT_ROLLBACK_IN_PROGRESS',
      'ROLLBACK_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_ROLLBACK_IN_PROGRESS',
    ],
  };
  const DONE = {
    created: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_IN_PROGRESS'],
    // The new resources are there; what is left is the removal of the old ones.
    updated: ['UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
  };

  test.each(['created', 'updated'] as const)('%s - done, going on, and in every other state failed', (want) => {
    const outcomes = Object.groupBy(STATUSES, (status) => outcomeOf(want, status) ?? 'goes on');
    expect(outcomes['done']).toEqual(DONE[want]);
    expect(outcomes['goes on']).toEqual(GOES_ON[want]);
    expect(outcomes['failed']?.length).toBe(STATUSES.length - DONE[want].length - GOES_ON[want].length);
  });

  test('deleted - done when it is absent, failed when CloudFormation says so, else it goes on', () => {
    for (const status of STATUSES)
      expect([status, outcomeOf('deleted', status)]).toEqual([
        status,
        status === 'absent' ? 'done' : status === 'DELETE_FAILED' ? 'failed' : undefined,
      ]);
  });
});

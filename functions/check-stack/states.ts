/** What a state of a stack means to a start and to a stop. */
interface Meaning {
  start: 'create' | 'recreate' | 'up' | 'wait' | 'person';
  stop: 'gone' | 'delete' | 'wait';
}

const UP: Meaning = { start: 'up', stop: 'delete' };
const WAIT: Meaning = { start: 'wait', stop: 'wait' };
/** It never came up: CloudFormation lets it only be deleted. */
const BROKEN: Meaning = { start: 'recreate', stop: 'delete' };
/** It is half there, and what is right to do depends on why. */
const STUCK: Meaning = { start: 'person', stop: 'delete' };

/**
 * Every state that a stack can be in.
 *
 * @source CloudFormation user guide, "Stack status codes"; API reference, Stack, StackStatus
 */
const STATES: Record<string, Meaning> = {
  absent: { start: 'create', stop: 'gone' },
  CREATE_COMPLETE: UP,
  UPDATE_COMPLETE: UP,
  UPDATE_ROLLBACK_COMPLETE: UP,
  IMPORT_COMPLETE: UP,
  IMPORT_ROLLBACK_COMPLETE: UP,
  CREATE_FAILED: BROKEN,
  ROLLBACK_COMPLETE: BROKEN,
  ROLLBACK_FAILED: BROKEN,
  CREATE_IN_PROGRESS: WAIT,
  DELETE_IN_PROGRESS: WAIT,
  ROLLBACK_IN_PROGRESS: WAIT,
  UPDATE_IN_PROGRESS: WAIT,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: WAIT,
  UPDATE_ROLLBACK_IN_PROGRESS: WAIT,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: WAIT,
  IMPORT_IN_PROGRESS: WAIT,
  IMPORT_ROLLBACK_IN_PROGRESS: WAIT,
  DELETE_FAILED: STUCK,
  UPDATE_FAILED: STUCK,
  UPDATE_ROLLBACK_FAILED: STUCK,
  IMPORT_ROLLBACK_FAILED: STUCK,
  // A person is looking at a change set; the stack has no resources yet and costs nothing.
  REVIEW_IN_PROGRESS: { start: 'person', stop: 'gone' },
};

/** What a state means. One that AWS has invented since is a person's to judge, and is not left on. */
export function meaningOf(status: string): Meaning {
  return STATES[status] ?? (status.endsWith('_IN_PROGRESS') ? WAIT : STUCK);
}

/** Where an operation has got to: `undefined` while it goes on. */
export function outcomeOf(want: 'created' | 'updated' | 'deleted', status: string): 'done' | 'failed' | undefined {
  if (want === 'deleted') return status === 'absent' ? 'done' : status === 'DELETE_FAILED' ? 'failed' : undefined;
  const updated = ['UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];
  // What somebody updates already has been created.
  const done = want === 'created' ? ['CREATE_COMPLETE', 'UPDATE_IN_PROGRESS', ...updated] : updated;
  if (done.includes(status)) return 'done';
  const goesOn = want === 'created' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  // A rollback is followed to its end: what it leaves is a part of the answer.
  return status === goesOn || /ROLLBACK_(COMPLETE_CLEANUP_)?IN_PROGRESS$/.test(status) ? undefined : 'failed';
}

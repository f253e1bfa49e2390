import { describe, expect, test } from '@jest/globals';
import type { Input } from '../../../functions/check-stack/contract.ts';
import { checkStack } from '../../../functions/check-stack/handler.ts';
import { STACK_ID } from '../../shared/builders.ts';

const UNTIL = '2026-11-02T11:00:00Z';
const BEFORE = Date.parse(UNTIL) - 1;

interface World {
  status?: string;
  reason?: string;
  failures?: string[];
  holds?: string[];
  now?: number;
}

function world({ status, reason, failures = [], holds = [], now = BEFORE }: World = {}) {
  return {
    describeStack: async (stack: string) => {
      expect(stack).toBe('ChatAppMasterStack');
      return status ? { id: STACK_ID, status, createdAt: 0, ...(reason && { reason }), parameters: {} } : undefined;
    },
    failuresOf: async (id: string) => {
      expect(id).toBe(STACK_ID);
      return failures;
    },
    heldBy: async (id: string) => {
      expect(id).toBe(STACK_ID);
      return holds;
    },
    now: () => now,
  };
}

const ask = (want: Input['want'], facts: World = {}, refresh = false) =>
  checkStack({ want, stack: 'ChatAppMasterStack', until: UNTIL, refresh }, world(facts));

/** What is to be done, or the name of the error. */
async function outcome(want: Input['want'], status?: string, refresh = false): Promise<string> {
  try {
    return (await ask(want, { status }, refresh)).todo;
  } catch (error) {
    return (error as Error).name;
  }
}

describe('checkStack', () => {
  test.each<[Input['want'], string | undefined, string]>([
    ['start', undefined, 'create'],
    ['start', 'ROLLBACK_COMPLETE', 'recreate'],
    ['start', 'CREATE_COMPLETE', 'nothing'],
    ['start', 'UPDATE_IN_PROGRESS', 'StackInProgress'],
    ['start', 'UPDATE_ROLLBACK_FAILED', 'StackNeedsPerson'],
    ['start', 'REVIEW_IN_PROGRESS', 'StackNeedsPerson'],
    ['stop', undefined, 'nothing'],
    ['stop', 'REVIEW_IN_PROGRESS', 'nothing'],
    ['stop', 'CREATE_COMPLETE', 'delete'],
    ['stop', 'DELETE_FAILED', 'delete'],
    ['stop', 'DELETE_IN_PROGRESS', 'StackInProgress'],
    ['created', 'CREATE_COMPLETE', 'nothing'],
    ['created', 'CREATE_IN_PROGRESS', 'StackInProgress'],
    ['created', 'ROLLBACK_IN_PROGRESS', 'StackInProgress'],
    ['created', 'ROLLBACK_COMPLETE', 'StackFailed'],
    ['created', undefined, 'StackFailed'],
    ['updated', 'UPDATE_COMPLETE', 'nothing'],
    ['updated', 'UPDATE_ROLLBACK_COMPLETE', 'StackFailed'],
    ['deleted', undefined, 'nothing'],
    ['deleted', 'DELETE_IN_PROGRESS', 'StackInProgress'],
    ['deleted', 'DELETE_FAILED', 'StackNotDeleted'],
  ])('%s wanted, it is %s - %s', async (want, status, expected) => {
    expect(await outcome(want, status)).toBe(expected);
  });

  test('it is up, and newer images are wanted - refresh; of an absent one nothing else', async () => {
    expect(await outcome('start', 'UPDATE_COMPLETE', true)).toBe('refresh');
    expect(await outcome('start', undefined, true)).toBe('create');
    expect(await outcome('stop', 'UPDATE_COMPLETE', true)).toBe('delete');
  });

  test('what was seen - the state, the id and when; of an absent one no id', async () => {
    const at = new Date(BEFORE).toISOString();
    expect(await ask('start', { status: 'CREATE_COMPLETE' })).toEqual({
      todo: 'nothing',
      status: 'CREATE_COMPLETE',
      id: STACK_ID,
      at,
    });
    expect(await ask('start')).toEqual({ todo: 'create', status: 'absent', at });
  });
});

describe('checkStack, its deadline', () => {
  test.each<[Input['want'], string]>([
    ['start', 'UPDATE_IN_PROGRESS'],
    ['stop', 'CREATE_IN_PROGRESS'],
    ['created', 'CREATE_IN_PROGRESS'],
    ['updated', 'UPDATE_IN_PROGRESS'],
    ['deleted', 'DELETE_IN_PROGRESS'],
  ])('%s wanted, it is %s - asked again until then, and from then on DeadlineExceeded', async (want, status) => {
    await expect(ask(want, { status })).rejects.toMatchObject({
      name: 'StackInProgress',
      message: `ChatAppMasterStack is ${status}`,
    });
    await expect(ask(want, { status, now: BEFORE + 1 })).rejects.toMatchObject({
      name: 'DeadlineExceeded',
      message: `ChatAppMasterStack is still ${status}`,
    });
  });

  test('done after the deadline - done', async () => {
    const late = { status: 'CREATE_COMPLETE', now: BEFORE + 3_600_000 };
    expect(await ask('created', late)).toMatchObject({ todo: 'nothing' });
    expect(await ask('stop', late)).toMatchObject({ todo: 'delete' });
  });
});

describe('checkStack, what it says of a failure', () => {
  const failures = ['DatabaseStack/Cluster (AWS::DocDB::DBCluster): no capacity', 'Alb (AWS::X): limit'];

  test.each<[Input['want'], string]>([
    ['created', 'ROLLBACK_COMPLETE'],
    ['updated', 'UPDATE_ROLLBACK_COMPLETE'],
    ['start', 'UPDATE_ROLLBACK_FAILED'],
  ])('%s wanted, it is %s - the state, and the resources that failed', async (want, status) => {
    await expect(ask(want, { status, failures, reason: 'not asked for' })).rejects.toThrow(
      new Error(`${status}; ${failures.join('; ')}`),
    );
  });

  test.each<Input['want']>(['deleted', 'start'])('%s wanted, it is DELETE_FAILED - what holds it', async (want) => {
    await expect(ask(want, { status: 'DELETE_FAILED', failures, holds: ['Bucket: not empty'] })).rejects.toThrow(
      new Error('DELETE_FAILED; Bucket: not empty'),
    );
  });

  test('no resource failed - CloudFormation’s own reason, if it gave one', async () => {
    const status = 'ROLLBACK_COMPLETE';
    await expect(ask('created', { status, reason: 'Template format error' })).rejects.toThrow(
      new Error('ROLLBACK_COMPLETE; Template format error'),
    );
    await expect(ask('created', { status })).rejects.toThrow(new Error('ROLLBACK_COMPLETE'));
  });

  test('it is gone while it is created - says who must have been at it', async () => {
    await expect(ask('created')).rejects.toMatchObject({
      name: 'StackFailed',
      message: 'somebody deleted it meanwhile',
    });
  });

  test('CloudFormation cannot be asked - its own error gets through, and the machine asks again', async () => {
    const describeStack = async () => {
      throw new Error('Rate exceeded');
    };
    const asked = { want: 'start', stack: 'x', until: UNTIL, refresh: false } as const;
    await expect(checkStack(asked, { ...world(), describeStack })).rejects.toThrow('Rate exceeded');
  });
});

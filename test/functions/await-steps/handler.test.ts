import { describe, expect, test } from '@jest/globals';
import { awaitSteps } from '../../../functions/await-steps/handler.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import { aPlan, aRecord, RUN_KEY } from '../../shared/pipeline/a-run.ts';

async function waited(records: StepRecord[], generation = 1) {
  const did: unknown[] = [];
  const effects = {
    putWaiting: async (waiting: object) => {
      did.push(waiting);
    },
    stepsOf: async () => {
      did.push('looked');
      return records;
    },
    sendTaskSuccess: async (token: string, output: object) => did.push([token, output]) > 0,
  };
  const event = { step: 'd', needs: ['a', 'b'], run: aPlan({ generation }), token: 'the token' };
  return { ...(await awaitSteps(event, effects)), did };
}

describe('await-steps', () => {
  test('one goes on - the token is kept before anything is looked at, and nobody is answered', async () => {
    const { waitsFor, did } = await waited([aRecord('a'), aRecord('b', { status: 'running' })]);
    expect(waitsFor).toEqual(['b']);
    const kept = {
      workload: 'collection',
      key: RUN_KEY,
      step: 'd',
      generation: 1,
      needs: ['a', 'b'],
      token: 'the token',
    };
    expect(did).toEqual([kept, 'looked']);
  });

  test('all have ended, in whatever way - it goes on at once', async () => {
    const { waitsFor, did } = await waited([
      aRecord('a', { status: 'failed' }),
      aRecord('b', { status: 'passed-over' }),
    ]);
    expect(waitsFor).toEqual([]);
    expect(did.at(-1)).toEqual(['the token', {}]);
  });

  test('they ended in an earlier execution of the run, or were not come by - it waits', async () => {
    expect((await waited([aRecord('a')], 2)).waitsFor).toEqual(['a', 'b']);
  });
});

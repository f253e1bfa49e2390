import { expect, test } from '@jest/globals';
import { listOverrides } from '../../../functions/list-overrides/handler.ts';
import type { Override } from '../../../shared/state/overrides.ts';
import { anEnvironment, aStage, aWorkload } from '../../shared/builders.ts';

const word = { by: 'ana', why: 'moving', at: '2026-11-01T00:00:00Z' };
const UNTIL = '2026-11-03T09:00:00+09:00';
const workloads = { nightly: aWorkload(), 'chat-app': anEnvironment() };

/** A table in which these words are, with what DynamoDB keeps beside them. */
function world(words: Record<string, Override[]>) {
  const asked: (string | undefined)[] = [];
  const overridesOf = async (workload: string | undefined) => {
    asked.push(workload);
    return (words[workload ?? 'stage'] ?? []).map((one) => ({ ...one, pk: 'x', sk: 'y', expiresAt: 1 }));
  };
  return { asked, effects: { overridesOf, stage: () => aStage({ workloads }) } };
}

test('nobody said anything - an empty list, and the stage and each workload were asked about', async () => {
  const { asked, effects } = world({});
  expect(await listOverrides({}, effects)).toEqual({ overrides: [] });
  expect(asked).toEqual([undefined, 'nightly', 'chat-app']);
});

test('words on the stage and on workloads - the stage’s first, each with what a person said and nothing else', async () => {
  const { effects } = world({
    stage: [{ ...word, act: 'pause' }],
    'chat-app': [
      { ...word, act: 'skip', until: UNTIL },
      { ...word, act: 'keep', until: UNTIL },
    ],
  });
  expect(await listOverrides({}, effects)).toEqual({
    overrides: [
      { ...word, act: 'pause' },
      { workload: 'chat-app', ...word, act: 'skip', until: UNTIL },
      { workload: 'chat-app', ...word, act: 'keep', until: UNTIL },
    ],
  });
});

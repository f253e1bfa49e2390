import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { act, machineOf } from './stage.ts';

// Whatever comes together, in any order: the laws hold. Seeded, so that a run that fails can be had again.

const stage = 'environment-hours' as const;
const two = (number: number) => String(number).padStart(2, '0');
const at = fc
  .tuple(fc.integer({ min: 12, max: 14 }), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([day, hour, minute]) => `2026-10-${two(day)}T${two(hour)}:${two(minute)}`);
const times = (max: number) => fc.integer({ min: 1, max });
const runs = times(6).map((run) => [run]);
const oneOf = (...values: string[]) => fc.constantFrom(...values);
const states = () =>
  ['StartEnvironment', 'StopEnvironment'].flatMap((machine) => Object.keys(machineOf(stage, machine).States));

const fault = () =>
  fc.oneof(
    fc.record({ abort: oneOf(...states()), runs }),
    fc.constant({ events: 'lost' }),
    fc.record({ delivery: oneOf('lost', 'late', 'twice'), runs }),
    fc.record({
      stack: oneOf('create', 'delete'),
      fails: oneOf('DatabaseStack/Cluster', 'NetworkStack', 'ServerStack'),
      reason: fc.constant('by chance'),
      times: times(4),
    }),
    fc.record({ deployment: oneOf('25m', '90m', '150m'), at, workload: fc.constant('chat-app') }),
    fc.record({
      function: oneOf('admit-run', 'settle-run', 'sweep-runs', 'check-stack', 'check-data-loss', 'send-notice'),
      crashes: times(12),
    }),
    fc.record({
      call: oneOf('CreateStack', 'DeleteStack', 'DescribeStacks').map((name) => `cloudformation.${name}`),
      error: oneOf('ThrottlingException', 'InternalServerError'),
      times: times(30),
    }),
    fc.record({
      call: oneOf('PutItem', 'UpdateItem', 'GetItem', 'Query').map((name) => `dynamodb.${name}`),
      error: fc.constant('InternalServerError'),
      times: times(30),
    }),
    fc.record({ health: fc.constant(503), times: times(60) }),
  );
const person = fc
  .record({ at, act: oneOf('pause', 'skip', 'keep', 'start', 'stop', 'resume'), hours: times(10) })
  .map(({ at: from, act: what, hours }) => ({
    ...{ at: from, act: what, workload: 'chat-app', why: 'by chance' },
    ...(what !== 'resume' && {
      until: new Date(Date.parse(`${from}:00Z`) + hours * 3_600_000).toISOString().slice(0, 16),
    }),
  }));

test('three days with faults and people by chance - no violation of the laws', async () => {
  const scenario = fc.record({
    faults: fc.array(fault(), { minLength: 1, maxLength: 6 }),
    people: fc.array(person, { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async (chance) => {
      const { violations } = await act(chance, { stage, from: '2026-10-12', days: 3 });
      expect(violations.map(({ law, text }) => `${law}: ${text}`)).toEqual([]);
    }),
    { numRuns: 15, seed: 20261121, endOnFailure: true },
  );
});

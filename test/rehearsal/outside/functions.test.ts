import { afterEach, expect, test } from '@jest/globals';
import { Functions } from '../../../rehearsal/outside/functions.ts';
import { ofStep, StepsWorld } from '../steps-world.ts';

let made: StepsWorld;
function functionsOf(scenario: object = {}): Functions {
  made = new StepsWorld(scenario);
  return new Functions(made.world, made.steps);
}
afterEach(() => made.end());

/** How an invocation ends, and after how many seconds. */
async function ended(invoked: Promise<unknown> | undefined) {
  const begun = made.clock.now;
  const known: { result?: unknown; error?: Error; seconds?: number } = {};
  invoked?.then(
    (result) => Object.assign(known, { result, seconds: (made.clock.now - begun) / 1000 }),
    (error: Error) => Object.assign(known, { error, seconds: (made.clock.now - begun) / 1000 }),
  );
  await made.pass(3600);
  return known;
}

const payload = { to: 'everybody', lamplighter: ofStep('mail') };

test('a function of a step - answers with its numbers when it has done its work', async () => {
  const functions = functionsOf({ steps: { daily: { mail: { takes: ['30s', '30s'], numbers: { sent: 3 } } } } });
  expect(await ended(functions.invoke('send-report', payload))).toEqual({ result: { sent: 3 }, seconds: 30 });
  expect(made.history()).toEqual(['mail 1 begun', 'mail 1 well']);
});

test('another function - is not one of these', () => {
  expect(functionsOf().invoke('lamplighter-test-admitRun', payload)).toBeUndefined();
  expect(made.history()).toEqual([]);
});

test('it fails - with a cause as Lambda has it', async () => {
  const functions = functionsOf({ faults: [{ step: 'mail', ends: 'fails', exitCode: 4, takes: '5s' }] });
  const { error, seconds } = await ended(functions.invoke('send-report', payload));
  expect(seconds).toBe(5);
  expect(error?.name).toBe('Error');
  expect(JSON.parse(error?.message ?? '')).toEqual({ errorType: 'Error', errorMessage: 'ended with 4' });
  expect(made.history()).toEqual(['mail 1 begun', 'mail 1 badly']);
});

test('it hangs - Lambda ends it after fifteen minutes', async () => {
  const functions = functionsOf({ faults: [{ step: 'mail', ends: 'hangs' }] });
  const { error, seconds } = await ended(functions.invoke('send-report', payload));
  expect([error?.name, seconds]).toEqual(['Sandbox.Timedout', 900]);
  expect(made.history()).toEqual(['mail 1 begun', 'mail 1 badly']);
});

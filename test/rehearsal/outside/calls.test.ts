import { afterEach, expect, test } from '@jest/globals';
import { Calls } from '../../../rehearsal/outside/calls.ts';
import type { Response } from '../../../rehearsal/outside.ts';
import { KEY, StepsWorld } from '../steps-world.ts';

let made: StepsWorld;
function callsOf(scenario: object = {}): Calls {
  made = new StepsWorld(scenario);
  return new Calls(made.world, made.steps, (reference) => `value of ${reference}`);
}
afterEach(() => made.end());

const asked = (url: string, key = '') => ({
  ...{ method: 'post', url, body: undefined, headers: { 'idempotency-key': key } },
});
const refresh = asked('https://api.example/refresh', `daily/${KEY}/refresh/1`);

/** What comes within an hour, if anything does. */
async function answered(response: ReturnType<Calls['answer']>): Promise<Response | undefined> {
  let known: Response | undefined;
  Promise.resolve(response).then((answer) => {
    known = answer;
  });
  await made.pass(3600);
  return known;
}

test('the address of a step is called - it answers with the status that is wanted, and its numbers', async () => {
  const calls = callsOf();
  expect(await answered(calls.answer(refresh))).toEqual({ status: 202, data: '{"rows":7}' });
  expect(made.history()).toEqual(['refresh 1 begun', 'refresh 1 well']);
  const ping = asked('https://api.example/ping', `daily/${KEY}/ping/1`);
  expect(await answered(calls.answer(ping))).toEqual({ status: 200, data: '{}' });
});

test('it fails - 500, and no numbers', async () => {
  const calls = callsOf({ faults: [{ step: 'refresh', ends: 'fails' }] });
  expect(await answered(calls.answer(refresh))).toEqual({ status: 500, data: '' });
  expect(made.history()).toEqual(['refresh 1 begun', 'refresh 1 badly']);
});

test('it hangs - nothing is ever answered', async () => {
  const calls = callsOf({ faults: [{ step: 'refresh', ends: 'hangs' }] });
  expect(await answered(calls.answer(refresh))).toBeUndefined();
});

test('called without saying for what, or for a step that calls nothing - 400, and no work is done', async () => {
  const calls = callsOf();
  for (const key of ['', `daily/${KEY}/pull/1`, `other/${KEY}/refresh/1`])
    expect(await answered(calls.answer({ ...refresh, headers: { 'idempotency-key': key } }))).toMatchObject({
      status: 400,
    });
  expect(made.history()).toEqual([]);
});

test('another address - is nobody’s here; that of an Airflow, with or without a stroke at its end, is asked', async () => {
  const calls = callsOf();
  expect(calls.answer(asked('https://api.example/other'))).toBeUndefined();
  expect(calls.answer(asked('https://old.example.org/api/v1/dags'))).toBeUndefined();
  for (const url of ['https://old.example/api/v1/dags', 'https://new.example/api/v2/dags'])
    expect(await answered(calls.answer(asked(url)))).toMatchObject({ status: 401 });
});

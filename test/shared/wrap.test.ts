import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { JobFailed } from '../../shared/errors.ts';
import { wrap } from '../../shared/wrap.ts';

const contract = z.object({
  id: z.string(),
  nested: z.object({ list: z.array(z.number()) }),
  mode: z._default(z.string(), 'usual'),
});
const event = { id: 'one', nested: { list: [1, 2] } };
const call = (handle: (input: z.output<typeof contract>) => Promise<unknown>, input: unknown = event) =>
  wrap(contract, handle)(input, {} as Context);

const logs = () => jest.mocked(console.error).mock.calls.map(([line]) => JSON.parse(String(line)));

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('wrap', () => {
  test('an event that fits - parsed, with defaults and without what nobody declared', async () => {
    const answer = await call(async (input) => ({ got: input }), { ...event, more: true });
    expect(answer).toEqual({ got: { ...event, mode: 'usual' } });
    expect(logs()).toEqual([]);
  });

  test('an event that does not fit - InvalidInput naming each path, and the handler is not called', async () => {
    let called = false;
    const handle = async () => {
      called = true;
    };
    await expect(call(handle, { nested: { list: [1, 'two'] } })).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(/^id: .+; nested\.list\.1: .+/),
    });
    expect(called).toBe(false);
    expect(logs()).toEqual([{ error: 'InvalidInput', message: expect.stringContaining('nested.list.1') }]);
  });

  test.each([null, 'text', 5])('the event is %p - InvalidInput about the event', async (input) => {
    await expect(wrap(contract, async () => 1)(input, {} as Context)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('(event)'),
    });
  });

  test('the handler fails - the very error gets through with its name, logged once', async () => {
    const failure = new JobFailed('{"exitCode":3}');
    await expect(
      call(async () => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(logs()).toEqual([{ error: 'JobFailed', message: '{"exitCode":3}' }]);
  });

  test('an error of AWS - its own name, and nothing of its request is logged', async () => {
    const failure = Object.assign(new Error('no capacity'), {
      name: 'InsufficientInstanceCapacity',
      $metadata: { requestId: 'secret-request' },
    });
    await expect(
      call(async () => {
        throw failure;
      }),
    ).rejects.toMatchObject({ name: 'InsufficientInstanceCapacity' });
    expect(logs()).toEqual([{ error: 'InsufficientInstanceCapacity', message: 'no capacity' }]);
  });

  test('something that is no error is thrown - fails all the same, and is logged', async () => {
    await expect(call(() => Promise.reject('odd'))).rejects.toBeDefined();
    expect(logs()).toEqual([{ error: 'Error', message: 'odd' }]);
  });
});

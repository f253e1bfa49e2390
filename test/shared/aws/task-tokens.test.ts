import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answer, bodyOf, listen, pretendAws } from '../http.ts';

const asked: [operation: string, input: object][] = [];
/** What Step Functions answers next: an answer, or the name of its refusal. */
let says: object | string = {};
const stepFunctions = await listen(async (request, response) => {
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  asked.push([operation, JSON.parse(await bodyOf(request))]);
  const isRefusal = typeof says === 'string';
  answer(response, isRefusal ? 400 : 200, JSON.stringify(isRefusal ? { __type: says } : says));
});
pretendAws({ SFN: stepFunctions.url });
const { sendTaskSuccess } = await import('../../../shared/aws/task-tokens.ts');

afterAll(() => stepFunctions.close());
beforeEach(() => {
  asked.length = 0;
});

describe('sendTaskSuccess', () => {
  test('the execution waits - it goes on with the answer', async () => {
    says = {};
    expect(await sendTaskSuccess('AAAA', { by: 'kim' })).toBe(true);
    expect(asked).toEqual([['SendTaskSuccess', { taskToken: 'AAAA', output: '{"by":"kim"}' }]]);
  });

  test.each(['TaskTimedOut', 'TaskDoesNotExist'])(
    '%s - it does not wait just then, which is no failure',
    async (name) => {
      says = name;
      expect(await sendTaskSuccess('AAAA', {})).toBe(false);
    },
  );

  test('any other refusal - thrown', async () => {
    says = 'InvalidToken';
    await expect(sendTaskSuccess('x', {})).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});

import { afterEach, describe, expect, test } from '@jest/globals';
import type { Reply } from '../../../plugin/deployed.ts';
import type { Serverless } from '../../../plugin/framework.ts';
import { ask } from '../../../plugin/ops/ask.ts';
import { who } from '../../../plugin/ops/who.ts';

const serverless = {
  service: { custom: { estate: { stage: 'prod', region: 'eu-west-1' } } },
} as unknown as Serverless;
const reply = (answer: unknown, more: Reply = {}): Reply => ({
  Payload: new TextEncoder().encode(JSON.stringify(answer)),
  ...more,
});
const failing =
  (name: string, more: object = {}) =>
  async (): Promise<Reply> => {
    throw Object.assign(new Error('as AWS words it. See more at …'), { name }, more);
  };

afterEach(() => {
  delete process.env['AWS_ENDPOINT_URL'];
});

describe('ask', () => {
  test('a function that answers - its answer, and it was asked by its name with the event', async () => {
    const asked: unknown[] = [];
    const invoke = async (_: Serverless, name: string, event: object) => {
      asked.push([name, event]);
      return reply({ said: 'done' });
    };
    expect(await ask(serverless, 'showStatus', { workload: 'x' }, invoke)).toEqual({ said: 'done' });
    expect(asked).toEqual([['lamplighter-prod-showStatus', { workload: 'x' }]]);
  });

  test.each<[string, () => Promise<Reply>, string]>([
    ['not deployed', failing('ResourceNotFoundException'), 'npx sls deploy --stage prod'],
    ['not allowed', failing('AccessDeniedException'), 'may not lambda:InvokeFunction on lamplighter-prod-showStatus'],
    ['no credentials', failing('ServerlessError', { code: 'AWS_CREDENTIALS_NOT_FOUND' }), '(as AWS words it): sign in'],
    ['a login that is over', failing('ExpiredTokenException'), 'sign in with aws sso login'],
    [
      'no network',
      failing('Error', { code: 'ECONNREFUSED' }),
      'Lambda in eu-west-1 (ECONNREFUSED): is there a network?',
    ],
    ['throttled', failing('TooManyRequestsException'), 'could not be asked: TooManyRequestsException: as AWS words it'],
  ])('%s - the error says what to do', async (_, invoke, message) => {
    await expect(ask(serverless, 'showStatus', {}, invoke)).rejects.toMatchObject({
      ...{ name: 'NotAnswered', isRefusal: false, message: expect.stringContaining(message) },
      // The framework prints the stack of what it does not know.
      stack: expect.stringMatching(/^(?!.*\n\s+at )/s),
    });
  });

  test('an emulator that is not there - its address', async () => {
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:4566';
    await expect(ask(serverless, 'showStatus', {}, failing('Error', { code: 'ECONNREFUSED' }))).rejects.toThrow(
      'nothing answers at http://127.0.0.1:4566 (ECONNREFUSED): correct or unset AWS_ENDPOINT_URL',
    );
  });

  test.each(['UnknownWorkload', 'InvalidInput', 'ContraryOrder'])(
    'the function refuses by %s - its own words',
    async (errorType) => {
      const refusal = { errorType, errorMessage: 'pause was not done: ana said resume in the same moment' };
      const invoke = async () => reply(refusal, { FunctionError: 'Unhandled' });
      await expect(ask(serverless, 'overrideWorkload', {}, invoke)).rejects.toMatchObject({
        ...{ message: refusal.errorMessage, isRefusal: true },
      });
    },
  );

  test('the function fails - its error, and where its log is', async () => {
    const failure = { errorType: 'ConfigurationMissing', errorMessage: 'no table' };
    const invoke = async () => reply(failure, { FunctionError: 'Unhandled' });
    await expect(ask(serverless, 'showStatus', {}, invoke)).rejects.toThrow(
      'failed: ConfigurationMissing: no table. Its log: npx sls ops logs --stage prod --function showStatus',
    );
  });
});

describe('who', () => {
  test.each([
    ['a user', 'arn:aws:iam::123456789012:user/kim', 'kim@desk (user/kim)'],
    [
      'a role',
      'arn:aws:sts::123456789012:assumed-role/Ops/kim@example.com',
      'kim@desk (assumed-role/Ops/kim@example.com)',
    ],
    ['nothing', '', 'kim@desk'],
  ])('AWS knows %s - both, and no account', async (_, arn, expected) => {
    expect(await who(async () => arn, 'kim@desk')).toBe(expected);
  });

  test('AWS does not answer - the local name', async () => {
    expect(await who(() => Promise.reject(new Error('no')), 'kim@desk')).toBe('kim@desk');
  });
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bundle } from '../../bundling/build.ts';
import { EXCHANGES } from './answers.ts';
import { run } from './run.ts';
import { expectedSignature, standIn } from './stand-in.ts';

let calls: string;

beforeAll(async () => {
  calls = await bundle('test/bundling/calls.entry.ts', mkdtempSync(join(tmpdir(), 'lamplighter-calls-')));
});

describe.each(EXCHANGES)('$call bundled', ({ call, asks, answer, result, refusal, error }) => {
  test('an answer - is parsed, and was asked for in the words of the service', async () => {
    await using aws = await standIn(answer);
    const outcome = await run(calls, { call }, { AWS_ENDPOINT_URL: aws.url });
    expect(outcome).toMatchObject({ result });
    const [{ request, body } = { request: undefined, body: '' }] = aws.asked;
    expect(body || request?.url).toMatch(asks);
  });

  test('a request - is signed for Lambda’s region with Lambda’s credentials', async () => {
    await using aws = await standIn(answer);
    await run(calls, { call }, { AWS_ENDPOINT_URL: aws.url });
    const [asked] = aws.asked;
    if (!asked) throw new Error('nothing was asked');
    const { authorization = '', 'x-amz-security-token': token } = asked.request.headers;
    expect(token).toBe('not-a-token');
    expect(authorization).toMatch(/Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/\w+\/aws4_request/);
    expect(authorization).toContain(`Signature=${expectedSignature(asked, 'not-a-secret')}`);
  });

  test('a refusal - is an error by the name that the SDK gives it', async () => {
    await using aws = await standIn(refusal);
    const outcome = await run(calls, { call }, { AWS_ENDPOINT_URL: aws.url });
    expect(outcome).toMatchObject({ error: { name: error, message: 'no' } });
  });
});

test.each(['ec2', 'dynamodb'])('AWS_ENDPOINT_URL_ of %s - goes before AWS_ENDPOINT_URL', async (call) => {
  await using aws = await standIn({ body: '{}' });
  await using other = await standIn();
  await run(calls, { call }, { AWS_ENDPOINT_URL: other.url, [`AWS_ENDPOINT_URL_${call.toUpperCase()}`]: aws.url });
  expect([aws.asked.length, other.asked.length]).toEqual([1, 0]);
});

test('no credentials in the environment - says so', async () => {
  const outcome = await run(calls, { call: 'sfn' }, { AWS_ACCESS_KEY_ID: '' });
  expect(outcome).toMatchObject({ error: { name: 'CredentialsProviderError' } });
});

test('a webhook bundled - gets JSON', async () => {
  await using hook = await standIn({ status: 204, body: '' });
  const outcome = await run(calls, { call: 'webhook' }, { WEBHOOK: hook.url });
  expect(outcome).toEqual({ result: { status: 204, data: '' } });
  expect(hook.asked[0]?.request.headers['content-type']).toBe('application/json');
  expect(hook.asked[0]?.body).toBe('{"content":"ä"}');
});

test('a webhook that nobody answers bundled - is an error with the code that says why', async () => {
  const { url, ...hook } = await standIn();
  await hook[Symbol.asyncDispose]();
  await expect(run(calls, { call: 'webhook' }, { WEBHOOK: url })).resolves.toEqual({
    result: { code: 'ECONNREFUSED' },
  });
});

import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { bodyOf, listen, pretendAws } from '../http.ts';

const asked: [path: string, body: unknown][] = [];
let says: { status?: number; headers?: Record<string, string>; body: string } = { body: 'null' };
const lambda = await listen(async (request, response) => {
  asked.push([String(request.url), JSON.parse(await bodyOf(request))]);
  response.writeHead(says.status ?? 200, { 'content-type': 'application/json', ...says.headers }).end(says.body);
});
pretendAws({ LAMBDA: lambda.url });
const { invoke } = await import('../../../shared/aws/functions.ts');

afterAll(() => lambda.close());
beforeEach(() => {
  asked.length = 0;
});

describe('invoke', () => {
  test('what the function returns - is the answer', async () => {
    says = { body: '{"queues":{"crawl":{"unreadable":"refuses connections"}}}' };
    expect(await invoke('publish', { queues: [] })).toEqual({
      queues: { crawl: { unreadable: 'refuses connections' } },
    });
    expect(asked).toEqual([['/2015-03-31/functions/publish/invocations', { queues: [] }]]);
  });

  test('what the function throws - is thrown, by its own name', async () => {
    const headers = { 'x-amz-function-error': 'Unhandled' };
    says = { headers, body: '{"errorType":"QueueUnreadable","errorMessage":"refuses connections"}' };
    await expect(invoke('clean', {})).rejects.toMatchObject({
      name: 'QueueUnreadable',
      message: 'refuses connections',
    });
    says = { headers, body: '{"errorMessage":"RequestId: 1 Error: Runtime exited"}' };
    await expect(invoke('clean', {})).rejects.toMatchObject({
      ...{ name: 'Unhandled', message: 'RequestId: 1 Error: Runtime exited' },
    });
  });

  test('what Lambda refuses - by AWS’s name', async () => {
    says = {
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
      body: '{"Message":"no function"}',
    };
    await expect(invoke('none', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { callHttp } from '../../../functions/call-http/handler.ts';
import { request } from '../../../shared/pipeline/request.ts';
import { aPipelineStage, aStep, RUN } from '../../shared/pipeline/a-pipeline.ts';

const asked = { step: 'publish', run: RUN };
const NOW = '2026-11-23T07:31:00.000Z';

let server: Server;
let url: string;
let seen: { method?: string; headers: IncomingHttpHeaders; body: string }[];
let answer: { status: number; text: string; headers?: Record<string, string>; never?: boolean };
beforeEach(async () => {
  seen = [];
  answer = { status: 200, text: '' };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ method: request.method, headers: request.headers, body });
    if (!answer.never) response.writeHead(answer.status, answer.headers).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/publish`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function effects(more: object = {}) {
  const work = { by: 'http' as const, url, method: 'POST' as const, headers: {}, withinSeconds: 5, ...more };
  const stage = aPipelineStage({ publish: aStep(work), kospi: aStep() });
  const secret = async (reference: string) => `value of ${reference}`;
  return { stage: () => stage, secret, request, now: () => Date.parse(NOW) };
}

describe('callHttp', () => {
  test('a good answer - its status and its numbers', async () => {
    answer.text = '{"published": 12, "text": "x"}';
    expect(await callHttp(asked, effects())).toEqual({
      ...{ status: 200, numbers: { published: 12 }, startedAt: NOW, endedAt: NOW },
    });
  });

  test('who is called - gets the body and the secrets, and is told which call of which run it is', async () => {
    await callHttp(asked, effects({ headers: { authorization: 'ssm:/key', accept: 'text/plain' }, body: '{"a":1}' }));
    expect(seen).toEqual([
      {
        ...{ method: 'POST', body: '{"a":1}' },
        headers: expect.objectContaining({
          ...{ authorization: 'value of ssm:/key', accept: 'text/plain' },
          'idempotency-key': 'collection/2026-11-23T16:30/publish/1',
          ...{ 'x-lamplighter-run': RUN.key, 'x-lamplighter-date': '2026-11-23', 'x-lamplighter-step': 'publish' },
        }),
      },
    ]);
  });

  test('another status than is expected - HttpFailed, with the numbers that came with it', async () => {
    answer = { status: 503, text: '::metric published=3' };
    const error = await callHttp(asked, effects()).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'HttpFailed' });
    expect(JSON.parse(error.message)).toMatchObject({ message: 'answers 503', numbers: { published: 3 } });
    await expect(callHttp(asked, effects({ status: 503 }))).resolves.toMatchObject({ status: 503 });
    answer.status = 200;
    await expect(callHttp(asked, effects({ status: 202 }))).rejects.toMatchObject({ name: 'HttpFailed' });
  });

  test('a redirection - is not followed: the secrets are for nobody else', async () => {
    answer = { status: 307, text: '', headers: { location: `${url}/elsewhere` } };
    await expect(callHttp(asked, effects())).rejects.toMatchObject({ message: expect.stringContaining('answers 307') });
    expect(seen).toHaveLength(1);
  });

  test('no answer in time - HttpFailed that says so', async () => {
    answer.never = true;
    await expect(callHttp(asked, effects({ withinSeconds: 0.1 }))).rejects.toMatchObject({
      name: 'HttpFailed',
      message: 'no answer within 0.1 seconds',
    });
  });

  test('nobody there - HttpFailed, without what was sent', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const error = await callHttp(asked, effects({ headers: { authorization: 'ssm:/key' } })).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'HttpFailed', message: 'refuses connections' });
    expect(JSON.stringify(error)).not.toContain('value of');
  });

  test('a step that is no call - InvalidInput', async () => {
    await expect(callHttp({ ...asked, step: 'kospi' }, effects())).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});

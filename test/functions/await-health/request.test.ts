import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { anEnvironment, aStage } from '../../shared/builders.ts';
import { listen } from '../../shared/http.ts';

/** The handler that is deployed, against a real server. */
let answers: RequestListener = () => undefined;
const server = await listen((request, response) => answers(request, response));
const closed = await listen(() => undefined);
await closed.close();

const at = (url: string, contains?: string) =>
  anEnvironment({ health: { url, withinSeconds: 600, ...(contains && { contains }) } });
const folder = mkdtempSync(join(tmpdir(), 'lamplighter-health-'));
process.env['STAGE_FILE'] = join(folder, 'stage.json');
const workloads = {
  plain: at(`${server.url}/health`),
  texted: at(`${server.url}/health`, '"status":"UP"'),
  closed: at(closed.url),
  nameless: at('http://no-such-host.invalid/'),
};
writeFileSync(process.env['STAGE_FILE'], JSON.stringify(aStage({ workloads })));
const { handler } = await import('../../../functions/await-health/handler.ts');

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

const status =
  (code: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end(body);

async function ask(workload: string, listener: RequestListener = status(200), minutesUp = 0) {
  answers = listener;
  const upAt = new Date(Date.now() - minutesUp * 60_000).toISOString();
  return await handler({ workload, upAt }, {} as Context);
}

describe('the deployed awaitHealth', () => {
  test.each([200, 201, 204, 299])('%d - well', async (code) => {
    expect(await ask('plain', status(code))).toEqual({ status: code, at: expect.any(String) });
  });

  test.each([304, 400, 401, 404, 500, 503])('%d - NotHealthy', async (code) => {
    await expect(ask('plain', status(code))).rejects.toMatchObject({
      name: 'NotHealthy',
      message: `${server.url}/health answers ${code}`,
    });
  });

  test('503 for longer than it has - DeadlineExceeded', async () => {
    await expect(ask('plain', status(503), 10)).rejects.toMatchObject({ name: 'DeadlineExceeded' });
  });

  test('redirected - where it leads counts', async () => {
    const listener: RequestListener = (request, response) =>
      request.url === '/health'
        ? response.writeHead(302, { location: '/real' }).end()
        : response.writeHead(200).end(request.url);
    expect(await ask('plain', listener)).toMatchObject({ status: 200 });
  });

  test('redirected in a circle - NotHealthy', async () => {
    await expect(ask('plain', status(302, '', { location: '/health' }))).rejects.toMatchObject({
      name: 'NotHealthy',
      message: expect.stringContaining('does not answer ('),
    });
  });

  test('the text is in it, as it is written also where that is JSON - well', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await ask('texted', status(200, '{"status":"UP"}', json))).toMatchObject({ status: 200 });
    await expect(ask('texted', status(200, '{"status": "UP"}', json))).rejects.toMatchObject({ name: 'NotHealthy' });
  });

  test('the text is not in it - NotHealthy, and says what was looked for', async () => {
    await expect(ask('texted', status(200, '{"status":"DOWN"}'))).rejects.toMatchObject({
      name: 'NotHealthy',
      message: `${server.url}/health answers 200 without "status":"UP"`,
    });
  });

  test('the text is in a 503 - NotHealthy all the same', async () => {
    await expect(ask('texted', status(503, '{"status":"UP"}'))).rejects.toMatchObject({
      message: expect.stringContaining('answers 503'),
    });
  });

  test('a download - given up', async () => {
    await expect(ask('plain', status(200, 'x'.repeat(1_100_000)))).rejects.toMatchObject({
      name: 'NotHealthy',
      message: expect.stringContaining('maxContentLength'),
    });
  });

  test.each([
    ['nobody listens', 'closed', 'ECONNREFUSED'],
    ['the name is not known', 'nameless', 'no-such-host.invalid'],
  ])('%s - NotHealthy, with the reason', async (_, workload, message) => {
    await expect(ask(workload)).rejects.toMatchObject({
      name: 'NotHealthy',
      message: expect.stringContaining(message),
    });
  });

  test('it hangs up - NotHealthy', async () => {
    await expect(ask('plain', (request) => request.socket.destroy())).rejects.toMatchObject({ name: 'NotHealthy' });
  });

  test('it never answers, or not to its end - NotHealthy, before the function’s own time is up', async () => {
    const begun = Date.now();
    let requests = 0;
    const listener: RequestListener = (_, response) => {
      if (requests++ > 0) response.writeHead(200).write('half');
    };
    const outcomes = await Promise.allSettled([ask('plain', listener), ask('plain', listener)]);
    expect(requests).toBe(2);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { name: 'NotHealthy' } });
    // Of serverless.yml: 15 seconds.
    expect(Date.now() - begun).toBeLessThan(14_000);
  });
});

import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { CheckOf } from '../../../shared/stage/compiled.ts';
import { askAll } from '../../../shared/watch/ask.ts';
import { askHttp } from '../../../shared/watch/http.ts';
import { selfSigned } from '../../channels/self-signed.ts';
import { listen } from '../../shared/http.ts';
import { httpCheck } from './questions.ts';

/** Real servers on this machine. */
let answers: RequestListener = () => undefined;
const server = await listen((request, response) => answers(request, response));
const closed = await listen(() => undefined);
await closed.close();
const open: { close(): unknown }[] = [];
afterAll(async () => {
  await server.close();
  for (const one of open) one.close();
});

const status =
  (code: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end(body);

async function ask(listener: RequestListener, check: Partial<CheckOf<'http'>> = {}) {
  answers = listener;
  const [result] = await askAll([httpCheck(`${server.url}/health`, check)]);
  return result;
}

describe('an address', () => {
  test.each([200, 204, 299])('%d - ok', async (code) => {
    expect(await ask(status(code))).toEqual({ outcome: 'ok', ms: expect.any(Number) });
  });

  test.each([304, 400, 404, 500, 503])('%d - failed, with the status', async (code) => {
    expect(await ask(status(code))).toMatchObject({ outcome: 'failed', problem: `answers ${code}` });
  });

  test('another status that is right - that one alone', async () => {
    expect(await ask(status(401), { status: 401 })).toMatchObject({ outcome: 'ok' });
    expect(await ask(status(200), { status: 401 })).toMatchObject({ outcome: 'failed', problem: 'answers 200' });
    expect(await ask(status(302, '', { location: '/x' }), { status: 302 })).toMatchObject({ outcome: 'ok' });
  });

  test('a text - is looked for as it is written', async () => {
    const body = '{"status":"UP"}';
    expect(await ask(status(200, body), { contains: '"UP"' })).toMatchObject({ outcome: 'ok' });
    expect(await ask(status(200, 'über'), { contains: 'über' })).toMatchObject({ outcome: 'ok' });
    expect(await ask(status(200, '{"status":"DOWN"}'), { contains: '"UP"' })).toMatchObject({
      problem: 'answers 200 without "UP"',
    });
  });

  test('a download - only its beginning is read', async () => {
    const long = `UP${'x'.repeat(20_000_000)}DOWN`;
    expect(await ask(status(200, long), { contains: 'UP' })).toMatchObject({ outcome: 'ok' });
    expect(await ask(status(200, long), { contains: 'DOWN' })).toMatchObject({ outcome: 'failed' });
  });

  test('redirected - where it leads counts', async () => {
    const listener: RequestListener = (request, response) =>
      request.url === '/health' ? status(302, '', { location: '/real' })(request, response) : response.end('real');
    expect(await ask(listener, { contains: 'real' })).toMatchObject({ outcome: 'ok' });
  });

  test('redirected in a circle, ever further, or away from HTTP - failed', async () => {
    let count = 0;
    const further: RequestListener = (_, response) => response.writeHead(302, { location: `/${count++}` }).end();
    for (const listener of [
      status(302, '', { location: '/health' }),
      further,
      status(301, '', { location: 'ftp://x' }),
    ])
      expect(await ask(listener)).toMatchObject({ outcome: 'failed', problem: 'redirects for ever' });
    expect(count).toBeLessThan(10);
  });

  test('slow, and within its time - ok, with how long it took', async () => {
    const result = await ask((_, response) => setTimeout(() => response.end(), 200));
    expect(result).toMatchObject({ outcome: 'ok' });
    expect((result as { ms: number }).ms).toBeGreaterThanOrEqual(190);
  });

  test('it never answers, or not to its end, or redirects slowly for ever - failed when its time is over', async () => {
    const half: RequestListener = (_, response) => response.writeHead(200).write('half');
    let count = 0;
    const crawling: RequestListener = (_, response) =>
      setTimeout(() => response.writeHead(302, { location: `/${count++}` }).end(), 400);
    for (const listener of [() => undefined, half, crawling])
      expect(await ask(listener, { withinSeconds: 1 })).toMatchObject({
        ...{ outcome: 'failed', problem: 'no answer within 1 seconds' },
      });
    // Where each hop had its own time, it would have gone on.
    expect(count).toBeLessThan(4);
  });

  test('it hangs up - failed', async () => {
    expect(await ask((request) => request.socket.destroy())).toMatchObject({ problem: 'hangs up' });
  });

  test('it speaks something else - failed', async () => {
    expect(await ask((request) => request.socket.end('SSH-2.0-x\r\n'))).toMatchObject({ problem: 'hangs up' });
  });

  test.each([
    ['nobody listens', closed.url, 'refuses connections'],
    ['the name is not known', 'http://no-such-host.invalid/', 'its name is not known'],
  ])('%s - failed, with the reason', async (_, url, problem) => {
    expect(await askAll([httpCheck(url)])).toMatchObject([{ outcome: 'failed', problem }]);
  });
});

describe('an address with a certificate', () => {
  async function tls(certificate: Parameters<typeof selfSigned>[0]) {
    const pair = selfSigned(certificate);
    const secure = createServer(pair, (_, response) => response.end('UP')).listen(0, '127.0.0.1');
    open.push(secure);
    await once(secure, 'listening');
    const url = `https://localhost:${(secure.address() as AddressInfo).port}/`;
    const trusting = () => askHttp(httpCheck(url), new AbortController().signal, { ca: pair.cert });
    return { url, trusting };
  }

  test('nobody has vouched for it - failed', async () => {
    const { url } = await tls({ commonName: 'localhost' });
    expect(await askAll([httpCheck(url)])).toMatchObject([{ problem: 'its certificate is not trusted' }]);
  });

  test('it is right - ok, with when it ends', async () => {
    const { trusting } = await tls({ commonName: 'localhost', to: '491231235959Z' });
    expect(await trusting()).toMatchObject({ outcome: 'ok', certificateEndsAt: Date.parse('2049-12-31T23:59:59Z') });
  });

  test('it has expired - failed', async () => {
    const { trusting } = await tls({ commonName: 'localhost', to: '260101000000Z' });
    expect(await trusting()).toMatchObject({ outcome: 'failed', problem: 'its certificate has expired' });
  });

  test('it is for another name - failed', async () => {
    const { trusting } = await tls({ commonName: 'other.example.com' });
    expect(await trusting()).toMatchObject({ outcome: 'failed', problem: 'its certificate is for another name' });
  });
});

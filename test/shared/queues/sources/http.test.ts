import type { RequestListener } from 'node:http';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readAll } from '../../../../shared/queues/read.ts';
import type { Mark } from '../../../../shared/queues/reading.ts';
import { listen } from '../../http.ts';

const NOW = Date.parse('2026-11-02T00:01:00Z');
let answers: RequestListener = () => undefined;
const server = await listen((request, response) => answers(request, response));
afterAll(() => server.close());

const says =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, { location: '/elsewhere' }).end(typeof body === 'string' ? body : JSON.stringify(body));

async function look(
  listener: RequestListener,
  { mark, header, patience = 10 }: { mark?: Mark; header?: string; patience?: number } = {},
) {
  answers = listener;
  const source = {
    ...{ kind: 'http' as const, url: `${server.url}/queue` },
    ...(header !== undefined && { header: { name: 'Authorization', value: header } }),
  };
  const { jobs } = await readAll([{ name: 'jobs', source, ...(mark && { mark }) }], NOW, patience);
  return jobs;
}

describe('an address that tells of a queue', () => {
  test('it tells the least - that is known, and nothing else', async () => {
    expect(await look(says({ waiting: 4, active: 1 }))).toEqual({
      reading: { at: NOW, waiting: 4, active: 1, delayed: 0, due: 0 },
      mark: { at: NOW, inside: 5 },
    });
  });

  test('it has answered - no timer is left', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    await look(says({ waiting: 4, active: 1 }));
    expect(timers()).toBe(before);
  });

  test('it tells everything - as it says', async () => {
    const told = {
      ...{ waiting: 4, active: 1, delayed: 3, due: 2, paused: 1, failed: 9, oldestSeconds: 61.5 },
      ...{ arrivals: 3, completions: 2, failures: 1, errorPercent: 33.3, memoryPercent: 12 },
      reasons: [{ reason: 'no page at https://x.example/?token=secret', times: 4 }],
    };
    expect(await look(says({ ...told, version: 2 }))).toEqual({
      reading: { ...told, at: NOW, reasons: [{ reason: 'no page at https://x.example/?…', times: 4 }] },
      mark: { at: NOW, inside: 11, failed: 9 },
    });
  });

  test('it counts what was ever added - what came and went is reckoned', async () => {
    const mark = { at: NOW - 120_000, added: 80, inside: 10, failed: 0 };
    expect(await look(says({ waiting: 4, active: 2, failed: 2, added: 100 }), { mark })).toMatchObject({
      reading: { arrivals: 10, completions: 11, failures: 1, errorPercent: 8.33 },
      mark: { added: 100 },
    });
  });

  test('it wants a header - it gets it', async () => {
    const guarded: RequestListener = (request, response) =>
      says({ waiting: 1, active: 0 }, request.headers.authorization === 'Bearer hunter2' ? 200 : 401)(
        request,
        response,
      );
    expect(await look(guarded, { header: 'Bearer hunter2' })).toMatchObject({ reading: { waiting: 1 } });
    expect(await look(guarded, { header: 'Bearer other' })).toEqual({ unreadable: 'answers 401' });
  });

  test.each([
    ['it is down', says('', 503), 'answers 503'],
    ['it sends us elsewhere with our header', says({ waiting: 1, active: 1 }, 302), 'answers 302'],
    ['it shows a page', says('<html>'), 'its answer is no JSON'],
    ['it leaves a number out', says({ waiting: 1 }), 'its answer lacks a number or has a wrong one: active'],
    [
      'it has words for numbers',
      says({ waiting: '1', active: -1 }),
      'its answer lacks a number or has a wrong one: waiting,active',
    ],
    ['it answers a list', says([]), 'its answer lacks a number or has a wrong one: waiting'],
    ['it never ends', says(`{"waiting": ${'1'.repeat(100_000)}`), 'its answer is too long'],
    ['it hangs', () => undefined, 'no answer within 0.5 seconds'],
    ['it hangs up', (request) => request.socket.destroy(), 'hangs up'],
  ] as [string, RequestListener, string][])('%s - unreadable', async (what, listener, unreadable) => {
    expect(await look(listener, what === 'it hangs' ? { patience: 0.5 } : {})).toEqual({ unreadable });
  });
});

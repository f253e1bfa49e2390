import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { output } from '../../../functions/serve-status/contract.ts';
import { serveStatus } from '../../../functions/serve-status/handler.ts';
import type { StatusPage } from '../../../shared/stage/compiled.ts';
import { aStage } from '../../shared/builders.ts';
import { history, status } from '../../web/status/sample.ts';

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const FRONT_END = 'https://app.example.com';
const ACCESS: StatusPage = { access: 'public', origins: [FRONT_END], title: 'dev', spending: true };
const SAID = {
  ...status,
  workloads: status.workloads.map((one) => ({ ...one, why: { code: 'paused' as const, text: 'by kim: "<b>x</b>"' } })),
};

async function get(
  path: string,
  { page = {} as Partial<StatusPage>, headers = {}, broken = false, at = status.at } = {},
) {
  const { pathname, searchParams } = new URL(path, 'https://status.example.com');
  const answer = async <T>(value: T) => {
    if (broken) throw Object.assign(new Error('i-0123456789abcdef0 is slow'), { name: 'Throttled' });
    return value;
  };
  const response = await serveStatus(
    { rawPath: pathname, queryStringParameters: Object.fromEntries(searchParams), headers, cookies: [] },
    {
      stage: () => aStage({ status: { ...ACCESS, ...page } }),
      secret: async () => 'token',
      status: () => answer({ ...SAID, at }),
      history: () => answer(history),
    },
  );
  expect(output.parse(response)).toEqual(response);
  return { ...response, json: () => JSON.parse(response.body ?? 'null') };
}

test.each([
  ['/status.json', 15],
  ['/history.json', 60],
])('%s - may be kept for a while by anybody', async (path, seconds) => {
  const { statusCode, headers, json } = await get(path);
  expect({ statusCode, version: json().version }).toEqual({ statusCode: 200, version: 1 });
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': `public, max-age=${seconds}, stale-while-revalidate=${4 * seconds}`,
  });
});

test('one workload - the same with that one alone; one that there is not - 404, and no name is told', async () => {
  expect((await get('/status.json?workload=web')).json().workloads.map(({ name }: { name: string }) => name)).toEqual([
    'web',
  ]);
  const unknown = await get('/status.json?workload=%3Cscript%3E');
  expect({ ...unknown, json: unknown.json() }).toMatchObject({
    statusCode: 404,
    json: { error: { code: 'unknown-workload' } },
  });
  expect(unknown.body).not.toContain('script');
});

describe('what people said', () => {
  test('a public address - is not told', async () => {
    const { body } = await get('/status.json');
    expect(body).not.toContain('kim');
    expect(body).toContain('"code":"paused"');
  });

  test.each(['iam', { token: 'ssm:/t' }] as const)(
    'access is %j - is told, and no cache between has it',
    async (access) => {
      const { json, headers } = await get('/status.json', {
        page: { access },
        headers: { authorization: 'Bearer token' },
      });
      expect(json().workloads[0].why.text).toBe('by kim: "<b>x</b>"');
      expect(headers['cache-control']).toMatch(/^private, /);
    },
  );
});

describe('front ends', () => {
  test.each([
    [FRONT_END, FRONT_END],
    ['https://other.example.com', undefined],
    ['http://app.example.com', undefined],
    ['null', undefined],
  ])('a page of %s - may read it: %s', async (origin, allowed) => {
    for (const path of ['/status.json', '/status.json?workload=none']) {
      const { headers } = await get(path, { headers: { origin } });
      expect(headers['access-control-allow-origin']).toBe(allowed);
      expect(headers['vary']).toContain('origin');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });
});

test('nothing has changed but the time - 304; something has - the whole', async () => {
  const { headers } = await get('/status.json');
  const known = { 'if-none-match': headers['etag'] ?? '' };
  expect(await get('/status.json', { headers: known, at: '2026-11-20T05:03:00Z' })).toMatchObject({ statusCode: 304 });
  expect(await get('/status.json?workload=web', { headers: known })).toMatchObject({ statusCode: 200 });
});

test('nobody knows - 503, when to ask again, and why only in the log', async () => {
  const { statusCode, headers, body } = await get('/status.json', { broken: true });
  expect({ statusCode, body }).toEqual({ statusCode: 503, body: '{"error":{"code":"unavailable"}}' });
  expect(headers).toMatchObject({ 'retry-after': '15', 'cache-control': 'no-store' });
  expect(JSON.stringify(jest.mocked(console.error).mock.calls)).toContain('i-0123456789abcdef0 is slow');
});

test('without the token - nothing is asked of anybody', async () => {
  const { statusCode } = await get('/status.json', { page: { access: { token: 'ssm:/t' } }, broken: true });
  expect(statusCode).toBe(401);
});

test.each(['/other.json', '/status.json/', '/constructor', '/sign-in'])('%s - not found', async (path) => {
  expect(await get(path)).toMatchObject({ statusCode: 404, body: '{"error":{"code":"not-found"}}' });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { gateAsset, pageAsset } from '../../../functions/serve-page/assets.ts';
import { servePage } from '../../../functions/serve-page/handler.ts';

const folder = mkdtempSync(join(tmpdir(), 'lamplighter-page-'));
const effects = {
  pageAsset: (path: string) => pageAsset(path, folder),
  gateAsset: (path: string) => gateAsset(path, folder),
};
const get = (rawPath: string) => servePage({ rawPath, headers: {}, cookies: [], queryStringParameters: {} }, effects);

beforeAll(() => {
  for (const name of ['status', 'gate', 'status/inner']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'status', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'status', 'main-AB12CD34.js'), 'render()');
  writeFileSync(join(folder, 'status', 'inner', 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'gate', 'lamplighter-gate.js'), 'define()');
  writeFileSync(join(folder, 'stage.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the page - may load nothing from elsewhere and runs nothing inline; it is asked for anew each time', async () => {
  const { statusCode, headers, body } = await get('/');
  expect({ statusCode, body }).toEqual({ statusCode: 200, body: '<!doctype html>' });
  expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('its script, whose name changes with it - is kept for ever, and is no page of its own', async () => {
  const { headers } = await get('/main-AB12CD34.js');
  expect(headers).toMatchObject({
    ...{ 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' },
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('the script of front ends - may be loaded by pages of any origin', async () => {
  const { body, headers } = await get('/lamplighter-gate.js');
  expect(body).toBe('define()');
  expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
});

test.each([
  ...['/other', '/../stage.json', '/..%2fstage.json', '/inner/secret.txt', '/inner', '/status/index.html'],
  ...['//etc/passwd', '/constructor', ''],
])('%s - not found', async (path) => {
  const { statusCode, body } = await get(path);
  expect({ statusCode, body }).toEqual({ statusCode: 404, body: '{"error":{"code":"not-found"}}' });
});

test('a package without the page - 503, and the log says what to do', async () => {
  const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const request = { rawPath: '/', headers: {}, cookies: [], queryStringParameters: {} };
  const { statusCode } = await servePage(request, { ...effects, pageAsset: () => pageAsset('/', '/not/there') });
  expect(statusCode).toBe(503);
  expect(log.mock.calls.join()).toContain('package the service again');
  log.mockRestore();
});

import { describe, expect, test } from '@jest/globals';
import { refusal } from '../../../functions/serve-status/access.ts';
import type { Input } from '../../../functions/serve-status/contract.ts';
import type { StatusPage } from '../../../shared/stage/compiled.ts';

const TOKEN = 'open sesame: 열려라 참깨';
const page: StatusPage = {
  access: { token: 'ssm:/lamplighter/dev/status' },
  ...{ origins: [], title: 'dev', spending: true },
};
const effects = { secret: async () => TOKEN };
const asked = (request: Partial<Input> = {}, access: StatusPage['access'] = page.access) =>
  refusal(
    { rawPath: '/status.json', headers: {}, cookies: [], queryStringParameters: {}, ...request },
    { ...page, access },
    effects,
  );
const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

describe('with the token', () => {
  test.each([
    ['a program', { headers: { authorization: `Bearer ${TOKEN}` } }],
    ['a browser that asked for a name and a password', { headers: basic(`anybody:${TOKEN}`) }],
    ['a browser without a name', { headers: basic(`:${TOKEN}`) }],
    ['a browser that was let in', { cookies: ['other=1', `__Host-lamplighter=${encodeURIComponent(TOKEN)}`] }],
  ])('%s - is let in', async (_, request) => {
    expect(await asked(request)).toBeUndefined();
  });

  test('the link that people are given - leads to the page, and the token is a cookie that no script and no other site has', async () => {
    const answer = await asked({ rawPath: '/sign-in', queryStringParameters: { token: TOKEN } });
    expect(answer).toMatchObject({ statusCode: 303, headers: { location: '/', 'cache-control': 'no-store' } });
    const [cookie = ''] = answer?.cookies ?? [];
    expect(cookie).toMatch(/^__Host-lamplighter=[^;]+; .*Secure; HttpOnly; SameSite=Lax$/);
    expect(await asked({ cookies: [cookie.split('; ')[0] ?? ''] })).toBeUndefined();
  });
});

describe('without it', () => {
  test.each([
    ['nothing', {}],
    ['another token', { headers: { authorization: 'Bearer open' } }],
    ['none', { headers: { authorization: 'Bearer ' } }],
    ['another password', { headers: basic('open sesame:other') }],
    ['a broken cookie', { cookies: ['__Host-lamplighter=%E0%A4%A'] }],
    ['a cookie of another name', { cookies: [`lamplighter=${encodeURIComponent(TOKEN)}`] }],
    ['the token in another address', { queryStringParameters: { token: TOKEN } }],
    ['a wrong link', { rawPath: '/sign-in', queryStringParameters: { token: 'x' } }],
  ])('%s - 401, and the browser is asked for it', async (_, request) => {
    const answer = await asked(request);
    expect(answer).toMatchObject({ statusCode: 401, body: '{"error":{"code":"no-token"}}' });
    expect(answer?.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(answer?.headers['www-authenticate']).toMatch(/^Basic /);
    expect(JSON.stringify(answer)).not.toContain('sesame');
  });
});

test.each(['public', 'iam'] as const)('access is %s - nobody is asked for a token', async (access) => {
  const secret = async () => {
    throw new Error('nobody should ask');
  };
  const request = { rawPath: '/status.json', headers: {}, cookies: [], queryStringParameters: {} };
  expect(await refusal(request, { ...page, access }, { secret })).toBeUndefined();
});

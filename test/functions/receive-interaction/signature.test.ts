import { describe, expect, test } from '@jest/globals';
import { signedBody } from '../../../functions/receive-interaction/signature.ts';
import { NOW, PUBLIC_KEY, signed } from '../../shared/discord/interactions.ts';

const BODY = '{"type":1,"name":"한글 🚢"}';
const MINUTE = 60_000;

describe('signedBody', () => {
  test.each([false, true])('signed by another library, base64: %s - the body as it was sent', async (isBase64) => {
    expect(signedBody(await signed(BODY, NOW, isBase64), PUBLIC_KEY, NOW)).toBe(BODY);
  });

  test.each<[string, (request: Awaited<ReturnType<typeof signed>>) => object]>([
    ['one byte of the body changed', ({ body }) => ({ body: body.replace('1', '2') })],
    ['a space added to the body', ({ body }) => ({ body: `${body} ` })],
    ['no body', () => ({ body: '' })],
    [
      'another timestamp, just as young',
      ({ headers }) => ({ headers: { ...headers, 'x-signature-timestamp': String(NOW / 1000 + 1) } }),
    ],
    ['no timestamp', ({ headers: { 'x-signature-timestamp': _, ...headers } }) => ({ headers })],
    ['no signature', ({ headers: { 'x-signature-ed25519': _, ...headers } }) => ({ headers })],
    [
      'a signature that is too short',
      ({ headers }) => ({
        headers: { ...headers, 'x-signature-ed25519': headers['x-signature-ed25519']?.slice(2) ?? '' },
      }),
    ],
    ['a signature of zeros', ({ headers }) => ({ headers: { ...headers, 'x-signature-ed25519': '0'.repeat(128) } })],
  ])('%s - not signed', async (_, change) => {
    const request = await signed(BODY);
    expect(signedBody({ ...request, ...change(request) }, PUBLIC_KEY, NOW)).toBeUndefined();
  });

  test('signed with another key - not signed', async () => {
    expect(signedBody(await signed(BODY), PUBLIC_KEY.replace(/^../, '00'), NOW)).toBeUndefined();
  });

  test.each([
    [-5 * MINUTE, true],
    [-5 * MINUTE - 1000, false],
    [5 * MINUTE, true],
    [5 * MINUTE + 1000, false],
  ])('signed %d ms from now - believed: %s', async (apart, isBelieved) => {
    expect(signedBody(await signed(BODY, NOW + apart), PUBLIC_KEY, NOW) === BODY).toBe(isBelieved);
  });
});

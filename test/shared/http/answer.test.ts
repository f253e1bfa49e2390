import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { answer, tagOf } from '../../../shared/http/answer.ts';

const LONG = JSON.stringify({ title: '스테이징'.repeat(500) });
const content = { body: LONG, headers: { 'content-type': 'application/json' } };

describe('packing', () => {
  const unpacked = { br: brotliDecompressSync, gzip: gunzipSync };

  test.each([
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip, deflate'],
    ['gzip', 'GZIP;q=0.5'],
    ['gzip', 'gzip, br;q=0'],
  ] as const)('%s for a browser that accepts %s - the same text', (coding, accepted) => {
    const { headers, body = '', isBase64Encoded } = answer({ headers: { 'accept-encoding': accepted } }, content);
    expect({ coding: headers['content-encoding'], isBase64Encoded }).toEqual({ coding, isBase64Encoded: true });
    expect(unpacked[coding](Buffer.from(body, 'base64')).toString()).toBe(LONG);
  });

  test.each([undefined, '', 'identity', 'gzip;q=0, br;q=0.0'])('accepted is %s - as it is', (accepted) => {
    const { headers, body } = answer(
      { headers: accepted === undefined ? {} : { 'accept-encoding': accepted } },
      content,
    );
    expect(headers).not.toHaveProperty('content-encoding');
    expect(body).toBe(LONG);
  });

  test('little - as it is', () => {
    expect(answer({ headers: { 'accept-encoding': 'br' } }, { body: '{}', headers: {} })).toMatchObject({ body: '{}' });
  });

  test('a cache between - knows that it differs by what is accepted, and by what the answer says itself', () => {
    const vary = answer({ headers: {} }, { body: '{}', headers: { vary: 'origin' } }).headers['vary'];
    expect(vary).toBe('origin, accept-encoding');
  });
});

describe('what is known already', () => {
  const etag = `W/"${tagOf(LONG)}"`;

  test.each([etag, etag.slice(2), `"other", ${etag}`, '*'])('If-None-Match: %s - 304, without a body', (known) => {
    const { statusCode, body, headers } = answer({ headers: { 'if-none-match': known } }, content);
    expect({ statusCode, body, etag: headers['etag'] }).toEqual({ statusCode: 304, body: undefined, etag });
  });

  test.each(['"other"', ''])('If-None-Match: %s - the whole', (known) => {
    expect(answer({ headers: { 'if-none-match': known } }, content)).toMatchObject({ statusCode: 200, body: LONG });
  });

  test('a problem - is never known', () => {
    const { statusCode, headers } = answer({ headers: { 'if-none-match': '*' } }, { ...content, status: 503 });
    expect(statusCode).toBe(503);
    expect(headers).not.toHaveProperty('etag');
  });
});

import { createPublicKey, verify } from 'node:crypto';
import type { Input } from './contract.ts';

/** So old, or so far ahead, a signature may be. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * The body of a request that Discord has signed just now, byte by byte as it was sent.
 *
 * @param publicKey of the application, in hexadecimal
 * @param now milliseconds since the epoch
 * @returns undefined where it is not signed so
 * @source https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint; RFC 8032 (Ed25519), RFC 8037
 *   (its keys as JWK)
 */
export function signedBody(request: Input, publicKey: string, now: number): string | undefined {
  const { 'x-signature-ed25519': signature = '', 'x-signature-timestamp': timestamp = '' } = request.headers;
  if (!/^[0-9a-f]{128}$/i.test(signature) || !/^\d{1,12}$/.test(timestamp)) return undefined;
  if (Math.abs(now - Number(timestamp) * 1000) > MAX_AGE_MS) return undefined;
  const body = Buffer.from(request.body, request.isBase64Encoded ? 'base64' : 'utf8');
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const isSigned = verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
  return isSigned ? body.toString('utf8') : undefined;
}

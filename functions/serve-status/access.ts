import { createHash, timingSafeEqual } from 'node:crypto';
import { secret } from '../../shared/channels/secrets.ts';
import type { StatusPage } from '../../shared/stage/compiled.ts';
import type { Input, Output } from './contract.ts';

export const ofAccess = { secret };

const COOKIE = '__Host-lamplighter';
/** What people are given with the token: `/sign-in?token=…`. */
const SIGN_IN = '/sign-in';
const MONTH_SECONDS = 30 * 86_400;

/**
 * What is answered to somebody who may not see it; undefined for whoever may. A token comes as `Authorization: Bearer …`
 * from programs, as the password of Basic from browsers that ask for one, and once to `/sign-in`, which makes it a
 * cookie: API Gateway may keep the question of Basic to itself.
 *
 * @throws ConfigurationMissing where the token cannot be read
 */
export async function refusal(
  request: Input,
  { access }: StatusPage,
  effects: typeof ofAccess,
): Promise<Output | undefined> {
  // With IAM, API Gateway has asked already.
  if (access === 'public' || access === 'iam') return undefined;
  const token = await effects.secret(access.token);
  const offered = request.rawPath === SIGN_IN ? request.queryStringParameters['token'] : undefined;
  if (offered !== undefined && isSame(offered, token)) return withCookie(offered);
  if (tokensOf(request).some((one) => isSame(one, token))) return undefined;
  return {
    statusCode: 401,
    headers: {
      ...{ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      'www-authenticate': 'Basic realm="Lamplighter: any name, the token as the password", charset="UTF-8"',
    },
    body: JSON.stringify({ error: { code: 'no-token' } }),
  };
}

/** To the page, and the token is a cookie from then on: no address that anybody sees has it. */
function withCookie(token: string): Output {
  const attributes = `Max-Age=${MONTH_SECONDS}; Path=/; Secure; HttpOnly; SameSite=Lax`;
  return {
    statusCode: 303,
    headers: { location: '/', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    cookies: [`${COOKIE}=${encodeURIComponent(token)}; ${attributes}`],
  };
}

function tokensOf({ headers, cookies }: Input): string[] {
  const [, scheme, value = ''] = /^(bearer|basic) +(.*)$/i.exec(headers['authorization'] ?? '') ?? [];
  const basic = Buffer.from(value, 'base64').toString();
  const own = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return [
    ...(scheme === undefined ? [] : [scheme.toLowerCase() === 'bearer' ? value : basic.slice(basic.indexOf(':') + 1)]),
    ...(own === undefined ? [] : [decoded(own)]),
  ];
}

/** A cookie that nobody of us has written is none. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

/** In the same time whatever it is. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

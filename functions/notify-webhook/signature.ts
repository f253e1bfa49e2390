import { createHmac } from 'node:crypto';

/**
 * What shows that a body is ours and how old it is: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. The time is
 * signed too, so that a receiver can refuse what was recorded and is posted again.
 *
 * @param now milliseconds since the epoch
 */
export function signature(body: string, key: string, now: number = Date.now()): string {
  const t = Math.floor(now / 1000);
  return `t=${t},v1=${createHmac('sha256', key).update(`${t}.${body}`).digest('hex')}`;
}

import { because } from '../reasons.ts';
import type { CheckOf } from '../stage/compiled.ts';
import type { Result } from './result.ts';

/**
 * Whether a server was heard of lately.
 *
 * @param at when it was heard of last; without it, it never was, and nobody knows how it is
 */
export function judgeHeartbeat({ everySeconds }: CheckOf<'heartbeat'>, at: number | undefined, now: number): Result {
  if (at === undefined) return { outcome: 'unknown', problem: because('neverHeard') };
  const ms = Math.max(0, now - at);
  if (ms <= everySeconds * 1000) return { outcome: 'ok', ms: 0 };
  return { outcome: 'failed', ms: 0, problem: because('silent', Math.floor(ms / 60_000)) };
}

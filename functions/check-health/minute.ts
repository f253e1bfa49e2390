import { isDeepStrictEqual } from 'node:util';
import { type Minute, pack } from '../../shared/state/health.ts';
import type { Seen } from '../../shared/watch/look.ts';
import type { WatchState } from '../../shared/watch/state.ts';

/** What a minute showed, as it is kept. */
export function minuteOf(at: number, { control, looks }: Seen): Minute {
  const entries = Object.entries(looks);
  return {
    at,
    ...(control.outcome !== 'ok' && { isOurs: true }),
    results: Object.fromEntries(entries.map(([service, { results }]) => [service, pack(results)])),
    held: Object.fromEntries(entries.flatMap(([service, { held }]) => (held ? [[service, held]] : []))),
  };
}

export function countOf({ looks }: Seen): { ok: number; failed: number; unknown: number } {
  const count = { ok: 0, failed: 0, unknown: 0 };
  for (const { results } of Object.values(looks)) for (const { outcome } of Object.values(results)) count[outcome]++;
  return count;
}

/** The minute alone is not, unless something has begun to fail: then it says that the row has no gap. */
export function isWorthWriting({ at: _, ...before }: WatchState, { at: __, ...after }: WatchState): boolean {
  const isFailing = Object.values(after.services).some((checks) =>
    Object.values(checks).some(({ failures }) => failures > 0),
  );
  return isFailing || !isDeepStrictEqual(before, after);
}

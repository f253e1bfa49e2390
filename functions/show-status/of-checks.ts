import type { ServiceWorkload } from '../../shared/stage/compiled.ts';
import { unpack } from '../../shared/state/health.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { Downtime } from '../../shared/uptime/uptime.ts';
import { streakOf } from '../../shared/watch/state.ts';
import type { Watched } from './of-service.ts';
import type { ServiceFacts } from './service-contract.ts';

type Now = Pick<ServiceFacts, 'now' | 'why' | 'since'>;

/** Each check as the last minute showed it, and what is remembered of it. */
export function checksOf(
  name: string,
  { checks, timezone }: ServiceWorkload,
  { minute, state }: Watched,
): ServiceFacts['checks'] {
  return Object.fromEntries(
    checks.map(({ name: check }) => {
      const { failures, down } = streakOf(state, name, check);
      const seen = unpack(minute?.results[name]?.[check] ?? 'u');
      return [check, { ...seen, failures, ...(down && { downSince: localTime(down.from, timezone) }) }];
    }),
  );
}

/** How it is as a whole. What nobody has looked at lately is unknown, and not well (law 8). */
export function nowOf(name: string, service: ServiceWorkload, watched: Watched, downtimes: Downtime[]): Now {
  const { minute, state } = watched;
  const local = (instant: number) => localTime(instant, service.timezone);
  const streaks = service.checks.map((check) => streakOf(state, name, check.name));
  const downs = streaks.flatMap(({ down }) => down?.from ?? []);
  if (downs.length > 0) return { now: 'down', since: local(Math.min(...downs)) };
  if (!minute) return { now: 'unknown', why: 'it was not looked at lately' };
  const seen = Object.values(checksOf(name, service, watched));
  const [wrong] = seen.filter(({ outcome }) => outcome !== 'ok');
  const held = minute.held[name];
  if (wrong && held) return { now: 'held', why: HELD[held] ?? held };
  if (streaks.some(({ failures }) => failures > 0)) return { now: 'failing' };
  if (wrong && minute.isOurs) return { now: 'unknown', why: 'the control probe does not answer' };
  if (wrong)
    return { now: wrong.outcome === 'failed' ? 'failing' : 'unknown', ...(wrong.problem && { why: wrong.problem }) };
  const lastEnd = Math.max(...downtimes.flatMap(({ to }) => to ?? []));
  return { now: 'up', ...(Number.isFinite(lastEnd) && { since: local(lastEnd) }) };
}

const HELD: Record<string, string> = {
  maintenance: 'work is done on it',
  off: 'off by plan',
  paused: 'paused',
};

import type { Minute } from '../state/health.ts';
import type { CheckHour, Hour } from './uptime.ts';

/** Sums up the minutes of an hour. @returns service → its hour */
export function sumsOf(hour: string, minutes: Minute[]): Record<string, Hour> {
  const sums: Record<string, Hour> = {};
  for (const { results, held, isOurs } of minutes)
    for (const [service, checks] of Object.entries(results)) {
      const own = sums[service] ?? { hour, checks: {} };
      sums[service] = own;
      for (const [check, packed] of Object.entries(checks))
        own.checks[check] = added(own.checks[check], packed, { isHeld: service in held, isOurs: isOurs === true });
    }
  return sums;
}

const NOTHING: CheckHour = { ok: 0, failed: 0, unknown: 0, excluded: 0, ms: 0, slowest: 0 };

/** What failed in maintenance, or off by plan, is not held against it; nor is anything while the fault is ours. */
function added(
  sum: CheckHour = NOTHING,
  packed: string,
  { isHeld, isOurs }: { isHeld: boolean; isOurs: boolean },
): CheckHour {
  const [, outcome, took = ''] = /^([ofu])(\d*)/.exec(packed) ?? [];
  const ms = Number(took);
  if (outcome === 'o') return { ...sum, ok: sum.ok + 1, ms: sum.ms + ms, slowest: Math.max(sum.slowest, ms) };
  if (isHeld) return { ...sum, excluded: sum.excluded + 1 };
  if (outcome === 'f' && !isOurs) return { ...sum, failed: sum.failed + 1 };
  return { ...sum, unknown: sum.unknown + 1 };
}

import type { DaySpend, LedgerDay } from '../../../shared/state/ledger.ts';

/** A day of the ledger, reckoned until noon of its date in Seoul unless told otherwise. */
export function aDay(
  day: string,
  workloads: Record<string, Partial<DaySpend>>,
  { observedAt = `${day}T03:00:00.000Z`, usdByUtcDay = {} }: Partial<LedgerDay> = {},
): LedgerDay {
  const whole = (spend: Partial<DaySpend>): DaySpend => ({
    ...{ usd: 0, onSeconds: 0, seenAt: observedAt, isOn: false },
    ...spend,
  });
  return {
    ...{ day, observedAt, usdByUtcDay },
    workloads: Object.fromEntries(Object.entries(workloads).map(([name, spend]) => [name, whole(spend)])),
  };
}

import type { LedgerDay } from '../state/ledger.ts';

/** What was spent, as far as it was observed: of one workload, or of all. */
export interface Spend {
  usd: number;
  onSeconds: number;
  /** How long nobody could see whether it was on. */
  unseenSeconds: number;
  /** Why the sum is not whole. */
  unknown: string[];
}

/** The sum of days: of one workload, or of the whole stage. */
export function spendOf(days: readonly LedgerDay[], workload?: string): Spend {
  const parts = days.flatMap(({ workloads }) =>
    Object.entries(workloads).flatMap(([name, spend]) => ((workload ?? name) === name ? [{ name, ...spend }] : [])),
  );
  const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((total, part) => total + of(part), 0);
  const unknown = parts.flatMap((part) => part.unknown?.map((why) => (workload ? why : `${part.name}: ${why}`)) ?? []);
  return {
    usd: sum(({ usd }) => usd),
    onSeconds: sum(({ onSeconds }) => onSeconds),
    unseenSeconds: sum(({ unseenSeconds = 0 }) => unseenSeconds),
    unknown: [...new Set(unknown)],
  };
}

/** Up to when days are reckoned: the last that any of them was looked at; undefined without days. */
export function observedUntil(days: readonly LedgerDay[]): string | undefined {
  return days.map(({ observedAt }) => observedAt).reduce<string | undefined>(later, undefined);
}

function later(one: string | undefined, other: string): string {
  return one !== undefined && Date.parse(one) > Date.parse(other) ? one : other;
}

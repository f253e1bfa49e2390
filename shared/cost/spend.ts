import type { LedgerDay } from '../state/ledger.ts';
import { estimateOf } from './sums.ts';

/** What was observed on some days: of one workload, or of all. */
export interface Spend {
  /** Estimated at list price, in US dollars. */
  usd: number;
  onSeconds: number;
  /** How long nobody could see whether it was on. */
  unseenSeconds: number;
  /** What is not in the sum, but for what could not be seen. */
  unknown: string[];
}

/** The sum of local days: of one workload, or of the whole stage. */
export function spendOf(days: readonly LedgerDay[], workload?: string): Spend {
  const parts = days.flatMap(({ workloads }) =>
    Object.entries(workloads).flatMap(([name, spend]) => ((workload ?? name) === name ? [{ name, ...spend }] : [])),
  );
  const unknown = parts.flatMap((part) => part.unknown?.map((why) => (workload ? why : `${part.name}: ${why}`)) ?? []);
  return {
    usd: days.reduce((sum, day) => sum + estimateOf(day, workload).usd, 0),
    onSeconds: parts.reduce((sum, { onSeconds }) => sum + onSeconds, 0),
    unseenSeconds: parts.reduce((sum, { unseenSeconds = 0 }) => sum + unseenSeconds, 0),
    unknown: [...new Set(unknown)],
  };
}

/** Up to when days are reckoned: the last that any of them was looked at; undefined without days. */
export function observedUntil(days: readonly LedgerDay[]): string | undefined {
  const [last] = days.map(({ observedAt }) => observedAt).sort((a, b) => Date.parse(b) - Date.parse(a));
  return last;
}

import { type Look, reckon } from '../../shared/cost/reckon.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { type LedgerDay, newestDays, putDay } from '../../shared/state/ledger.ts';
import { lookAtAll, real as looks } from './look.ts';

export const real = { ...looks, newestDays, putDay };

/** Today as it stands, and what was seen of each workload. */
export interface Observed {
  today: LedgerDay;
  seen: Record<string, Look>;
}

/**
 * Looks at everything and carries the ledger on to now.
 *
 * @param now milliseconds since the epoch
 * @returns undefined when another guard did the same in this moment, and acts on it
 */
export async function observe(stage: CompiledStage, now: number, effects: typeof real): Promise<Observed | undefined> {
  const [last] = await effects.newestDays(1);
  const seen = await lookAtAll(stage, (workload) => last?.workloads[workload], now, effects);
  const days = reckon(last, seen, stage, now);
  for (const day of days)
    if (!(await effects.putDay(day, day.day === last?.day ? last.observedAt : undefined))) return undefined;
  const today = days.at(-1);
  return today && { today, seen };
}

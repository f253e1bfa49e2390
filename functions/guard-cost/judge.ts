import { reaches } from '../../shared/cost/forecast.ts';
import type { Look } from '../../shared/cost/reckon.ts';
import { estimateOf } from '../../shared/cost/sums.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../shared/state/ledger.ts';
import { dayOf } from '../../shared/time/slots.ts';

/** A limit that is reached, or that will be. */
export interface Finding {
  what: 'daily-limit' | 'emergency' | 'burn-rate';
  /** The workload whose own limit it is. */
  of?: string;
  limit: number;
  /** Today's estimate, in US dollars. */
  usd: number;
  unknown: string[];
  /** When it will be reached, in milliseconds since the epoch. */
  at?: number;
}

/**
 * Holds today's spending against the limits of the stage and of each workload.
 *
 * @param now milliseconds since the epoch
 */
export function judge(today: LedgerDay, looks: Record<string, Look>, stage: CompiledStage, now: number): Finding[] {
  const midnight = dayOf(now, stage.timezone).to;
  const against = (what: Finding['what'], limit: number | undefined, of?: string): Finding[] => {
    if (limit === undefined) return [];
    const { usd, unknown } = estimateOf(today, of);
    const facts = { limit, usd, unknown, ...(of !== undefined && { of }) };
    if (usd >= limit) return [{ what, ...facts }];
    const at = reaches(limit, usd, looks, stage, { now, midnight, ...(of !== undefined && { only: of }) });
    return at === undefined ? [] : [{ what: 'burn-rate', at, ...facts }];
  };
  const { daily, emergency } = stage.budget;
  const findings = [
    ...against('emergency', emergency),
    ...against('daily-limit', daily),
    ...Object.entries({ ...stage.workloads, ...stage.queues }).flatMap(([name, { budget }]) =>
      against('daily-limit', budget?.daily, name),
    ),
  ];
  // Of limits that will be reached the nearest first: it is the one that people are warned of.
  return findings.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

/** When the next limit is reached, in milliseconds since the epoch: somebody should look then. */
export function nextAt(findings: Finding[]): number | undefined {
  const instants = findings.flatMap(({ at }) => at ?? []);
  return instants.length > 0 ? Math.min(...instants) : undefined;
}

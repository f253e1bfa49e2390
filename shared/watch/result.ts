/** What one look at one check found. */
export type Result = Found | Unknown;

export type Found = {
  /** How long it took, in milliseconds. */
  ms: number;
  /** When the certificate ends, in milliseconds since the epoch. */
  certificateEndsAt?: number;
} & ({ outcome: 'ok' } | { outcome: 'failed'; problem: string });

/** Nobody knows: it counts neither as healthy nor as down (law 8). */
export interface Unknown {
  outcome: 'unknown';
  problem: string;
}

/** Check → what was found. */
export type Results = Record<string, Result>;

/** Why a service is not opened however it is: work is done on it, it is off by plan, or a person has paused it. */
export type Held = 'maintenance' | 'off' | 'paused';

/** What a minute showed of a service. */
export interface Look {
  results: Results;
  held?: Held;
}

/**
 * The results as they count: while the control probe does not answer either, what failed may have failed because of us
 * (law 7).
 */
export function asCounted(results: Results, isOurs: boolean): Results {
  if (!isOurs) return results;
  return Object.fromEntries(
    Object.entries(results).map(([check, result]) => [
      check,
      result.outcome === 'failed' ? { outcome: 'unknown', problem: result.problem } : result,
    ]),
  );
}

/** Work is done on it, or it is off by plan, or paused, and it does not answer. */
export function isAway(look: Look | undefined): boolean {
  return look?.held !== undefined && Object.values(look.results).some(({ outcome }) => outcome !== 'ok');
}

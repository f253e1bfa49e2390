import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { type Facts, factsOf } from '../../shared/state/facts.ts';
import { type Bill, billsBetween, daysBetween, type LedgerDay } from '../../shared/state/ledger.ts';
import { openThreads } from '../../shared/state/threads.ts';
import { incidentsOf } from '../../shared/threads/incident.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import { localTime } from '../../shared/time/slots.ts';
import { gateAsRead, wordAsRead } from './as-read.ts';
import type { Output } from './contract.ts';
import { spendingOf, utcMonth } from './spending.ts';

export const ofTheStage = { factsOf, openThreads, daysBetween, billsBetween };

const DAY_MS = 86_400_000;

/** What is known of the stage as a whole. */
export interface StageKnown {
  facts: Facts;
  threads: Thread[];
  /** Those that have a part in this month of UTC, newest first. */
  days: LedgerDay[];
  bills: Bill[];
  /** Today's local date. */
  today: string;
}

/** @param now milliseconds since the epoch */
export async function askOfStage(timezone: string, now: number, effects: typeof ofTheStage): Promise<StageKnown> {
  const today = localTime(now, timezone).slice(0, 10);
  // Local days begin before those of UTC, or after them.
  const before = new Date(Date.parse(`${utcMonth(now)}-01T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  const [facts, threads, days, bills] = await Promise.all([
    effects.factsOf(undefined, now),
    effects.openThreads(),
    effects.daysBetween(before, today),
    effects.billsBetween(`${utcMonth(now)}-01`, `${utcMonth(now)}-31`),
  ]);
  return { facts, threads, days, bills, today };
}

export function stageAsRead(
  stage: CompiledStage,
  known: StageKnown,
  now: number,
): Omit<Output, 'workloads' | 'services' | 'queues'> {
  const { timezone } = stage;
  const page = process.env['STATUS_PAGE'];
  const { facts, threads } = known;
  const { workloads, services, queues } = stage;
  const isNamed = (name: string) => [workloads, services, queues].some((known) => Object.hasOwn(known, name));
  const ofNone = threads.filter(({ workload }) => !isNamed(workload));
  return {
    ...{ stage: stage.stage, region: stage.region, timezone, at: localTime(now, timezone) },
    ...(page && { page }),
    words: facts.words.map((word) => wordAsRead(word, timezone)),
    ...(facts.budget && { overBudget: gateAsRead(facts.budget, timezone) }),
    spending: spendingOf(stage, known, now),
    incidents: incidentsOf(ofNone, timezone),
  };
}

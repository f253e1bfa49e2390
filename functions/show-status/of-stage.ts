import { localTime } from '../../shared/slots.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { type Facts, factsOf } from '../../shared/state/facts.ts';
import { daysBetween, type LedgerDay } from '../../shared/state/ledger.ts';
import { openThreads } from '../../shared/state/threads.ts';
import { incidentsOf } from '../../shared/threads/incident.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import { gateAsRead, wordAsRead } from './as-read.ts';
import type { Output } from './contract.ts';
import { spendingOf } from './spending.ts';

export const ofTheStage = { factsOf, openThreads, daysBetween };

/** What is known of the stage as a whole. */
export interface StageKnown {
  facts: Facts;
  threads: Thread[];
  /** Of this month, newest first. */
  days: LedgerDay[];
  /** Today's local date. */
  today: string;
}

/** @param now milliseconds since the epoch */
export async function askOfStage(timezone: string, now: number, effects: typeof ofTheStage): Promise<StageKnown> {
  const today = localTime(now, timezone).slice(0, 10);
  const [facts, threads, days] = await Promise.all([
    effects.factsOf(undefined, now),
    effects.openThreads(),
    effects.daysBetween(`${today.slice(0, 8)}01`, today),
  ]);
  return { facts, threads, days, today };
}

export function stageAsRead(stage: CompiledStage, known: StageKnown, now: number): Omit<Output, 'workloads'> {
  const { timezone } = stage;
  const { facts, threads, days, today } = known;
  const ofNone = threads.filter(({ workload }) => !Object.hasOwn(stage.workloads, workload));
  return {
    ...{ stage: stage.stage, region: stage.region, timezone, at: localTime(now, timezone) },
    words: facts.words.map((word) => wordAsRead(word, timezone)),
    ...(facts.budget && { overBudget: gateAsRead(facts.budget, timezone) }),
    spending: spendingOf(stage, days, today),
    incidents: incidentsOf(ofNone, timezone),
  };
}

import { rateOf } from '../../shared/cost/rates.ts';
import { observedUntil, spendOf } from '../../shared/cost/spend.ts';
import { hoursOf } from '../../shared/digest/days.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../shared/state/ledger.ts';
import type { MonthAnswer } from '../../shared/status/answers.ts';
import type { Day } from './days.ts';
import { utc } from './utc.ts';

/** This month, by what the ledger knows of it; undefined where it knows no day. @param ledger newest first */
export function monthOf(stage: CompiledStage, ledger: LedgerDay[], days: Day[]): MonthAnswer | undefined {
  const month = days.at(-1)?.date.slice(0, 7) ?? '';
  const known = ledger
    .filter(({ day }) => day.startsWith(month))
    .map((day) => shown(day, stage))
    .toReversed();
  const asOf = observedUntil(known);
  if (asOf === undefined) return undefined;
  const all = summed(known, stage);
  const { daily } = stage.budget;
  return {
    ...{ month, asOf: utc(asOf), ...all, hours: rounded(hoursOf(known, stage.timezone)) },
    // The limit is that of the whole stage.
    ...(daily !== undefined && !stage.status?.show && { limit: daily }),
    isPartial: spendOf(known).unknown.length > 0,
    days: known.map((day) => ({ day: day.day, ...summed([day], stage) })),
    workloads: [...Object.keys(stage.workloads), ...Object.keys(stage.queues)].map((name) => ofOne(name, known, stage)),
  };
}

function summed(days: LedgerDay[], stage: CompiledStage): Pick<MonthAnswer, 'usd' | 'alwaysOnUsd' | 'onHours'> {
  const { usd, onSeconds } = spendOf(days);
  const running = Object.keys(stage.workloads).reduce((sum, name) => sum + (alwaysOn(name, days, stage) ?? 0), 0);
  // Nobody would have all workers on always: there is nothing to hold theirs against.
  const ofQueues = Object.keys(stage.queues).reduce((sum, name) => sum + spendOf(days, name).usd, 0);
  return { usd: rounded(usd), alwaysOnUsd: rounded(running + ofQueues), onHours: rounded(onSeconds / 3600) };
}

function ofOne(name: string, days: LedgerDay[], stage: CompiledStage): MonthAnswer['workloads'][number] {
  const { usd, onSeconds } = spendOf(days, name);
  const always = alwaysOn(name, days, stage);
  return {
    ...{ name, usd: rounded(usd), onHours: rounded(onSeconds / 3600) },
    ...(always !== undefined && { alwaysOnUsd: rounded(always) }),
    days: days.map((day) => ({ day: day.day, onHours: rounded((day.workloads[name]?.onSeconds ?? 0) / 3600) })),
  };
}

/** What it would have cost, always on for as long as the days lasted so far; undefined of a queue. */
function alwaysOn(name: string, days: LedgerDay[], { workloads, prices, timezone }: CompiledStage): number | undefined {
  const workload = workloads[name];
  if (!workload) return undefined;
  const { on, always } = rateOf(workload, prices);
  return (on + always) * hoursOf(days, timezone);
}

/** A day without what is not shown. */
function shown(day: LedgerDay, { workloads, queues }: CompiledStage): LedgerDay {
  const isShown = (name: string) => Object.hasOwn(workloads, name) || Object.hasOwn(queues, name);
  return { ...day, workloads: Object.fromEntries(Object.entries(day.workloads).filter(([name]) => isShown(name))) };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

import { dollars } from '../cost/items.ts';
import type { Estimate } from '../cost/sums.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { wallClock } from '../time/wall-clock.ts';
import { budgetWordsOf } from '../words/budget.ts';
import { headOf } from './head.ts';
import type { Notice } from './notice.ts';

/** What is said of the spending. `of` is a workload, or undefined for the whole stage; each is said once a day. */

export interface Spending extends Estimate {
  day: string;
  limit: number;
  /** Milliseconds since the epoch. */
  now: number;
  /** Workload → US dollars today. */
  perWorkload: Record<string, number>;
}

/** That a daily limit is reached. */
export function dailyLimitNotice(
  of: string | undefined,
  spending: Spending & { until: number },
  stage: CompiledStage,
): Notice {
  const budget = budgetWordsOf(stage);
  const { limit, usd, now, until } = spending;
  return {
    ...headOf(
      of,
      `daily-limit ${spending.day}`,
      'warning',
      budget.dailyTitle(of ?? stage.stage, dollars(limit)),
      stage,
      now,
    ),
    lines: [
      budget.daily(dollars(usd), time(now, stage)),
      ...shares(of, spending),
      ...gaps(spending, stage),
      budget.estimate,
    ],
    did: [budget.nothingStarts(time(until, stage))],
    todo: [budget.lookForIt, budget.letGo(resumeCommand(of, stage))],
    cause: 'daily-limit',
  };
}

/** That a limit will be reached today. @param at when, in milliseconds since the epoch */
export function burnRateNotice(
  of: string | undefined,
  spending: Spending & { at: number },
  stage: CompiledStage,
): Notice {
  const budget = budgetWordsOf(stage);
  const { limit, usd, now, at } = spending;
  const title = budget.burnTitle(of ?? stage.stage, dollars(limit), time(at, stage));
  return {
    ...headOf(of, `burn-rate ${spending.day}`, 'warning', title, stage, now),
    lines: [
      budget.burn(dollars(usd), time(at, stage)),
      ...shares(of, spending),
      ...gaps(spending, stage),
      budget.estimate,
    ],
    todo: [budget.lookForIt],
    cause: 'burn-rate',
  };
}

/** That a part of the spending cannot be known: it counts as unknown, not as nothing. */
export function spendUnknownNotice(
  { unknown, day, now }: Pick<Spending, 'unknown' | 'day' | 'now'>,
  stage: CompiledStage,
): Notice {
  const budget = budgetWordsOf(stage);
  return {
    ...headOf(undefined, `spend-unknown ${day}`, 'warning', budget.unknownTitle, stage, now),
    lines: [...unknown.map((what) => budget.unknown(what)), budget.unknownIsNotZero],
    todo: [budget.addPrices],
    cause: 'spend-unknown',
  };
}

/** That the bill cannot be read, or is older than it should be. @param why in the words of the stage */
export function billNotice(why: string, { day, now }: Pick<Spending, 'day' | 'now'>, stage: CompiledStage): Notice {
  const budget = budgetWordsOf(stage);
  return {
    ...headOf(undefined, `bill ${day}`, 'info', budget.billTitle, stage, now),
    lines: [why, budget.billEstimates],
    todo: [budget.billMend],
    cause: 'bill',
  };
}

function shares(of: string | undefined, { perWorkload }: Spending): string[] {
  if (of !== undefined) return [];
  return Object.entries(perWorkload)
    .filter(([, usd]) => usd >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([name, usd]) => `${name}: ${dollars(usd)}`);
}

function gaps({ unknown }: Estimate, stage: CompiledStage): string[] {
  return unknown.map((what) => budgetWordsOf(stage).unknown(what));
}

function resumeCommand(of: string | undefined, { stage }: CompiledStage): string {
  return `npx sls ops resume --stage ${stage}${of === undefined ? '' : ` --workload ${of}`} --why '…'`;
}

function time(instant: number, { timezone }: CompiledStage): string {
  return wallClock(instant, timezone).time;
}

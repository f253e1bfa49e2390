import { reckon } from '../../shared/cost/reckon.ts';
import { estimateOf } from '../../shared/cost/sums.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { type LedgerDay, newestDays, putDay } from '../../shared/state/ledger.ts';
import { wallClock } from '../../shared/time/wall-clock.ts';
import { wrap } from '../../shared/wrap.ts';
import { actOn, real as acts, sayUnknown } from './act.ts';
import { readBill } from './bill.ts';
import { comeBack } from './come-back.ts';
import { type Input, input, type Output } from './contract.ts';
import { judge, nextAt } from './judge.ts';
import { lookAtAll, real as looks } from './look.ts';

const real = { ...acts, ...looks, stage: deployedStage, newestDays, putDay, comeBack, readBill, now: Date.now };

/** From this local hour on the bill of the day before is asked for. */
const BILL_FROM = '10:00';

/** Reckons what today has cost so far, and does something about it before it is too much. */
export async function guardCost(_event: Input, effects = real): Promise<Output> {
  const [stage, now] = [effects.stage(), effects.now()];
  const [last] = await effects.newestDays(1);
  const seen = await lookAtAll(stage, (workload) => last?.workloads[workload], now, effects);
  const days = reckon(last, seen, stage, now);
  for (const day of days) await effects.putDay(day, day.day === last?.day ? last.observedAt : undefined);
  const today = days.at(-1);
  if (!today) throw new Error('the stage names no workload');

  const findings = judge(today, seen, stage, now);
  const done: string[] = [];
  const failures: unknown[] = [];
  const attempt = async (act: Promise<string | undefined>) => {
    const told = await act.catch((error: unknown) => void failures.push(error));
    if (told) done.push(told);
  };
  for (const finding of findings) await attempt(actOn(finding, told(today, done), stage, now, effects));
  await attempt(sayUnknown(today, stage, now, effects));
  const isBillDue =
    stage.budget.bill && !today.told?.includes('bill') && wallClock(now, stage.timezone).time >= BILL_FROM;
  if (isBillDue) done.push('bill');
  if (done.length > 0) await effects.putDay(told(today, done), today.observedAt);
  // After it is written down that it was asked: each question costs.
  if (isBillDue && stage.budget.bill) await effects.readBill(stage.budget.bill, today, stage, now);
  await effects.comeBack(nextAt(findings), now);
  if (failures.length > 0)
    throw new AggregateError(failures, `the guard could not act: ${failures.map(String).join('; ')}`);
  return { day: today.day, asOf: today.observedAt, ...estimateOf(today), done };
}

function told(day: LedgerDay, more: string[]): LedgerDay {
  return { ...day, told: [...(day.told ?? []), ...more] };
}

export const handler = wrap(input, guardCost);

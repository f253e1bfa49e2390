import { estimateOf } from '../../shared/cost/sums.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { actOnAll, real as acts } from './act.ts';
import { isBillDue, readBill } from './bill.ts';
import { comeBack } from './come-back.ts';
import { type Input, input, type Output } from './contract.ts';
import { judge, nextAt } from './judge.ts';
import { real as looks, observe } from './observe.ts';

const real = { ...acts, ...looks, stage: deployedStage, comeBack, readBill, now: Date.now };

/** Reckons what today has cost so far, and does something about it before it is too much. */
export async function guardCost(_event: Input, effects = real): Promise<Output> {
  const [stage, now] = [effects.stage(), effects.now()];
  const observed = await observe(stage, now, effects);
  if (!observed) return { done: ['left to another guard'] };
  const { today, seen } = observed;
  const findings = judge(today, seen, stage, now);
  const { done, failures } = await actOnAll(findings, today, stage, now, effects);
  const isAsking = isBillDue(today, stage, now);
  const told = [...done, ...(isAsking ? ['bill'] : [])];
  if (told.length > 0) await effects.putDay({ ...today, told: [...(today.told ?? []), ...told] }, today.observedAt);
  // After it is written down that it was asked: each question costs.
  if (isAsking) await effects.readBill(today, stage, now);
  await effects.comeBack(nextAt(findings), now);
  if (failures.length > 0) throw new AggregateError(failures, `the guard could not act: ${failures.join('; ')}`);
  return { day: today.day, asOf: today.observedAt, ...estimateOf(today), done: told };
}

export const handler = wrap(input, guardCost);

import { deployedStage } from '../../shared/stage/deployed.ts';
import { getWatch, putMinute, putWatch } from '../../shared/state/health.ts';
import { judge } from '../../shared/watch/judge.ts';
import { lookAtAll, real as looks } from '../../shared/watch/look.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { countOf, isWorthWriting, minuteOf } from './minute.ts';
import { real as sums, sumUp } from './sum-up.ts';
import { nameOf, tellAll, real as tells } from './tell.ts';

const real = { ...looks, ...sums, ...tells, stage: deployedStage, getWatch, putMinute, putWatch, now: Date.now };

/** Looks at everything that is watched, and tells when something goes down or comes up. */
export async function checkHealth(_event: Input, effects = real): Promise<Output> {
  const [stage, now] = [effects.stage(), Math.floor(effects.now() / 60_000) * 60_000];
  const at = new Date(now).toISOString();
  const seen = await lookAtAll(stage, now, effects);
  if (!(await effects.putMinute(minuteOf(now, seen)))) return { at, told: [] };
  const { version, ...before } = await effects.getWatch();
  const { state, findings } = judge(before, stage.services, seen.looks, seen.control, now);
  const failures = await tellAll(findings, stage, now, effects);
  // What could not be told is judged again in a minute: it is not remembered as told.
  const known = failures.length > 0 ? before : state;
  const [summed] = await Promise.allSettled([sumUp(before.summed, now, effects)]);
  if (summed.status === 'rejected') failures.push(summed.reason);
  const after = { ...known, ...(summed.status === 'fulfilled' && { summed: summed.value }) };
  if (isWorthWriting(before, after)) await effects.putWatch(after, version);
  if (failures.length > 0) throw new AggregateError(failures, `not everything was told: ${failures.join('; ')}`);
  return { at, checks: countOf(seen), told: findings.map(nameOf) };
}

export const handler = wrap(input, checkHealth);

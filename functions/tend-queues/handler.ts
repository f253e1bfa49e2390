import { deployedStage } from '../../shared/stage/deployed.ts';
import { claimMinute, getQueues, putQueues } from '../../shared/state/queues.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { lookAtAll, real as looks } from './look.ts';
import { summaryOf } from './summary.ts';
import { nameOf, tellAll, real as tells } from './tell.ts';
import { tendAll, real as tends } from './tend.ts';

const real = { ...looks, ...tends, ...tells, stage: deployedStage, claimMinute, getQueues, putQueues, now: Date.now };

/** Reads every queue and decides how many workers it may have; each minute once, however often it is delivered. */
export async function tendQueues(_event: Input, effects = real): Promise<Output> {
  const [stage, now] = [effects.stage(), Math.floor(effects.now() / 60_000) * 60_000];
  const at = new Date(now).toISOString();
  if (!(await effects.claimMinute(now))) return { at, told: [] };
  const { version, ...before } = await effects.getQueues();
  const looks = await lookAtAll(stage, before.queues, now, effects);
  const { queues, notices, failures } = await tendAll(before, looks, stage, now, effects);
  const { told, untold, why } = await tellAll([...before.untold, ...notices], effects);
  await effects.putQueues({ at: now, queues, untold }, version);
  if (why) failures.push(why);
  if (failures.length > 0) throw new AggregateError(failures, `not everything was done: ${failures.join('; ')}`);
  return { at, queues: summaryOf(queues), told: told.map(nameOf) };
}

export const handler = wrap(input, tendQueues);

import { Kept } from '../../shared/errors.ts';
import { kept } from '../../shared/state/overrides.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

/** Looks whether a person keeps a workload on. Past its deadline it is stopped all the same (law 1). */
export async function checkOverride(
  { workload, deadlineAt }: Input,
  effects = { kept, now: Date.now },
): Promise<{ isKept: false }> {
  const reason = effects.now() < Date.parse(deadlineAt) && (await effects.kept(workload, effects.now()));
  if (reason) throw new Kept(reason);
  return { isKept: false };
}

export const handler = wrap(input, checkOverride);

import { APPROVAL_SECONDS, type Recoverable } from '../../shared/recovery/rungs.ts';
import type { Rung } from '../../shared/stage/compiled.ts';
import { getRun } from '../../shared/state/runs.ts';
import type { Choice, Input } from './contract.ts';

export const real = { getRun };

/**
 * Whether a person has to say yes to a step first, and since when they have been asked.
 *
 * @returns nothing to ask for, since when, or `nobody`: none has come in time
 */
export async function approvalOf(
  rung: Rung,
  { run, choice, approval }: Input,
  { recover }: Recoverable,
  now: number,
  effects = real,
): Promise<{ askedSince?: string } | 'nobody'> {
  if (!recover.approve.includes(rung) || approval?.rung === rung) return {};
  if (!choice || !isWaiting(choice) || choice.rung !== rung) return { askedSince: new Date(now).toISOString() };
  // Said while nobody was listening.
  if ((await effects.getRun(run.workload, run.key))?.approved?.rung === rung) return {};
  return hasTime(choice, now) ? { askedSince: choice.askedSince } : 'nobody';
}

/** Whether people have been asked, and have not answered. */
export function isWaiting(choice: Choice | undefined): choice is Choice & { askedSince: string } {
  return choice?.askedSince !== undefined;
}

export function hasTime({ askedSince }: { askedSince: string }, now: number): boolean {
  return now - Date.parse(askedSince) < APPROVAL_SECONDS * 1000;
}

import type { Again } from '../state/runs.ts';
import type { StepRecord } from '../state/steps.ts';
import type { Steps } from './graph.ts';

/** What a step is in an execution of its run: begun, or left as it is, since nobody asks for it again. */
export type Asked = 'run' | 'keep';

/**
 * Whether a step is asked for in this execution of its run.
 *
 * @param again of a run that is begun again; without it, every step is
 * @param record what came of it before
 */
export function askedFor(step: string, again: Again | undefined, steps: Steps, record?: StepRecord): Asked {
  const { from, only } = again ?? {};
  if (from !== undefined && !comesAfter(step, from, steps)) return 'keep';
  return only === 'failed' && record?.status === 'succeeded' ? 'keep' : 'run';
}

/** Whether a step begins whatever became of what it needs: a person has named it. */
export function isNamed(step: string, again: Again | undefined): boolean {
  return again?.from === step;
}

/** Whether it is that step, or needs it, be it by way of others. */
function comesAfter(step: string, first: string, steps: Steps): boolean {
  const before = new Set([step]);
  // A set goes on to what is added to it meanwhile.
  for (const name of before) for (const need of steps[name]?.needs ?? []) before.add(need);
  return before.has(first);
}

import { real, saySlow } from '../../shared/pipeline/slow.ts';
import { getRun } from '../../shared/state/runs.ts';
import type { Output } from './contract.ts';

/** Says that a run which should be done goes on. */
export async function lookForEnd(
  { workload, key, generation }: { workload: string; key: string; generation: number },
  effects = { ...real, getRun, now: Date.now },
): Promise<Output> {
  const run = await effects.getRun(workload, key);
  if (run?.status !== 'running' || run.generation !== generation) return { found: 'nothing' };
  return (await saySlow(run, effects.now(), effects)) ? { found: 'slow', key } : { found: 'nothing' };
}

import { deployedStage } from '../../shared/stage/deployed.ts';
import { openThreads } from '../../shared/state/threads.ts';
import { incidentsOf } from '../../shared/threads/incident.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

/** What is open: since when, how often it was told, and who sees to it; the oldest first. */
export async function listIncidents(
  { workload }: Input,
  effects = { openThreads, stage: deployedStage },
): Promise<Output> {
  const open = (await effects.openThreads()).filter((thread) => workload === undefined || thread.workload === workload);
  return { incidents: incidentsOf(open, effects.stage().timezone) };
}

export const handler = wrap(input, listIncidents);

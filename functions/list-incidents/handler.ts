import { localTime } from '../../shared/slots.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { openThreads } from '../../shared/state/threads.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

/** What is open: since when, how often it was told, and who sees to it; the oldest first. */
export async function listIncidents(
  { workload }: Input,
  effects = { openThreads, stage: deployedStage },
): Promise<Output> {
  const { timezone } = effects.stage();
  const open = (await effects.openThreads()).filter((thread) => workload === undefined || thread.workload === workload);
  const incidents = open
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .map(({ notice: { cause, title }, severity, openedAt, count, acknowledged, ...thread }) => ({
      ...{ workload: thread.workload, cause, severity, title, since: localTime(openedAt, timezone), count },
      ...(acknowledged && { acknowledgedBy: acknowledged.by }),
    }));
  return { incidents };
}

export const handler = wrap(input, listIncidents);

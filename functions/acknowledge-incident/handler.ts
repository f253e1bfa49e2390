import { deployedStage } from '../../shared/stage/deployed.ts';
import { changeThread, openThreads } from '../../shared/state/threads.ts';
import { signalChannel } from '../../shared/threads/signals.ts';
import { threadOf } from '../../shared/threads/thread.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { changeThread, openThreads, signalChannel, stage: deployedStage, now: Date.now };

/** Remembers that somebody sees to an incident: nobody is reminded of it any more, and it is not escalated. */
export async function acknowledgeIncident({ workload, cause, by }: Input, effects = real): Promise<Output> {
  const open = await effects.openThreads();
  const meant = open.filter(
    (incident) =>
      (workload === undefined || incident.workload === workload) &&
      (cause === undefined || incident.thread === threadOf({ id: '', cause })),
  );
  for (const { workload: of, thread } of meant) {
    const changed = await effects.changeThread(of, thread, (known) =>
      known?.state === 'open' && !known.acknowledged
        ? { ...known, acknowledged: { by, at: effects.now() }, revision: known.revision + 1 }
        : undefined,
    );
    for (const channel of changed?.heardBy ?? [])
      await effects.signalChannel(effects.stage().stage, channel, { workload: of, thread });
  }
  return { acknowledged: meant.map(({ notice }) => notice.cause ?? notice.id) };
}

export const handler = wrap(input, acknowledgeIncident);

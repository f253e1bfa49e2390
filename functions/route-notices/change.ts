import { deployedStage } from '../../shared/stage/deployed.ts';
import { countOpening } from '../../shared/state/openings.ts';
import { changeThread, openThreads } from '../../shared/state/threads.ts';
import { followLater, signalChannel } from '../../shared/threads/signals.ts';
import type { Thread } from '../../shared/threads/thread.ts';
import { beat } from './beat.ts';
import type { Plan, Told } from './plan.ts';

export const real = {
  ...{ beat, changeThread, countOpening, followLater, openThreads, signalChannel },
  ...{ stage: deployedStage, now: Date.now },
};

export type Effects = typeof real;

type Planned = Plan | 'again' | undefined;

/**
 * Changes a thread and does what its plan says.
 *
 * @param planFor `again` when a copy came: whoever took the first may have died before it told anybody, so those who know
 *   of the thread are told again, and see what they have seen; undefined when there is nothing to do
 * @returns the thread as it is then; undefined when there was nothing to do
 */
export async function change(
  { workload, thread }: Pick<Thread, 'workload' | 'thread'>,
  effects: Effects,
  planFor: (known: Thread | undefined) => Promise<Planned> | Planned,
): Promise<Thread | undefined> {
  let planned: Planned;
  let before: Thread | undefined;
  const changed = await effects.changeThread(workload, thread, async (known) => {
    before = known;
    planned = await planFor(known);
    return planned === 'again' ? undefined : planned?.thread;
  });
  const after = changed ?? before;
  if (planned === undefined || !after) return undefined;
  const { stage } = effects.stage();
  const told: Told[] = planned === 'again' ? after.heardBy.map((channel) => ({ channel, isDue: true })) : planned.told;
  for (const { channel, delaySeconds, ...more } of told)
    await effects.signalChannel(stage, channel, { workload, thread, ...more }, delaySeconds);
  const { followAt } = after;
  if (followAt !== undefined && (!changed || followAt !== before?.followAt))
    await effects.followLater({ workload, thread, at: followAt }, (followAt - effects.now()) / 1000);
  return after;
}

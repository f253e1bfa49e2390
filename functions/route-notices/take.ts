import type { Notice } from '../../shared/notices/notice.ts';
import { threadOf } from '../../shared/threads/thread.ts';
import { change, type Effects } from './change.ts';
import type { Follow } from './contract.ts';
import { fold } from './fold.ts';
import { follow } from './follow.ts';
import { plan } from './plan.ts';
import { addToStorm, endStorm, isCalm, joinsStorm } from './storm.ts';

/** Folds a notice into its thread, ends what it resolves, and tells the channels. Taken again, it tells them again. */
export async function take(notice: Notice, effects: Effects): Promise<void> {
  const now = effects.now();
  const stage = effects.stage();
  const windowMs = stage.notify.windowSeconds * 1000;
  const { workload } = notice;
  const after = await change({ workload, thread: threadOf(notice) }, effects, async (known) => {
    const thread = fold(known, notice, now, windowMs);
    if (thread === known) return 'again';
    const { inStorm: _, ...rest } = thread;
    return plan(known, (await joinsStorm(known, thread, effects)) ? { ...rest, inStorm: true } : rest, stage, now);
  });
  if (after?.inStorm) await addToStorm(after, effects);
  for (const cause of notice.resolves ?? [])
    await change({ workload, thread: threadOf({ ...notice, cause }) }, effects, (known) => {
      if (known?.state !== 'open') return undefined;
      const { run: _, resolves: __, ...end } = notice;
      return plan(known, fold(known, { ...end, cause, state: 'resolved' }, now, windowMs), stage, now);
    });
}

/** Looks at a thread again: what is due is done, unless another look has been planned since. */
export async function takeUp({ workload, thread, at }: Follow, effects: Effects): Promise<void> {
  const now = effects.now();
  // SQS holds a message back for a quarter of an hour at most.
  if (now < at) return effects.followLater({ workload, thread, at }, (at - now) / 1000);
  await change({ workload, thread }, effects, async (known) => {
    if (known?.followAt !== at) return undefined;
    return isCalm(known, now) ? endStorm(known, effects) : follow(known, effects.stage(), now);
  });
}

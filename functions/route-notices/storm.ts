import { stormNotice, stormOverNotice } from '../../shared/notices/own.ts';
import { isLouder, type Thread } from '../../shared/threads/thread.ts';
import { change, type Effects } from './change.ts';
import { fold } from './fold.ts';
import { calmAt, follow } from './follow.ts';
import { type Plan, plan } from './plan.ts';

/** So many incidents may begin within a minute; of more than these one message speaks. */
const LIMIT = 20;
const STORM = { workload: 'lamplighter', thread: 'cause storm' };

/** Whether a thread that begins, or that a storm speaks for, is one of too many. The progress of runs is asked for. */
export async function joinsStorm(known: Thread | undefined, thread: Thread, effects: Effects): Promise<boolean> {
  if (thread.count === 0 || thread.state === 'progress' || thread.notice.everywhere) return false;
  if (thread.state === 'resolved') return known?.inStorm ?? false;
  const begins = known?.openedAt !== thread.openedAt || known.state === 'resolved' || known.inStorm;
  return begins ? (await effects.countOpening(effects.now())) > LIMIT : false;
}

/** Has the storm speak for a thread. */
export async function addToStorm({ workload, notice, severity, count }: Thread, effects: Effects): Promise<void> {
  const stage = effects.stage();
  const now = effects.now();
  await change(STORM, effects, (known) => {
    if (known?.ids.includes(notice.id)) return 'again';
    const before = known?.state === 'open' ? known : undefined;
    const tally = { ...before?.tally, [workload]: (before?.tally?.[workload] ?? 0) + 1 };
    const worst = before && !isLouder(severity, before.severity) ? before.severity : severity;
    const causes = (before?.causes ?? 0) + (count === 1 ? 1 : 0);
    const facts = { count: (before?.count ?? 0) + 1, causes, perWorkload: tally, since: before?.openedAt ?? now };
    const said = stormNotice({ ...facts, severity: worst }, stage, now);
    const thread = fold(known, { ...said, id: notice.id }, now, stage.notify.windowSeconds * 1000);
    // What it speaks for is what people want to read, not what it said before.
    const earlier = [...(before?.earlier ?? []), { at: now, title: notice.title, severity }].slice(
      -thread.earlier.length - 1,
    );
    return plan(known, { ...thread, tally, causes, earlier: earlier.slice(-10) }, stage, now);
  });
}

/** Whether this is a storm in which nothing has come for a while. */
export function isCalm(thread: Thread, now: number): boolean {
  return thread.tally !== undefined && thread.state === 'open' && calmAt(thread) <= now;
}

/** A storm is over when few of its incidents are open still: these are then told one by one. */
export async function endStorm(storm: Thread, effects: Effects): Promise<Plan> {
  const stage = effects.stage();
  const now = effects.now();
  const open = (await effects.openThreads()).filter(({ inStorm }) => inStorm);
  if (open.length > LIMIT) return follow({ ...storm, lookedAt: now }, stage, now);
  for (const thread of open)
    await change(thread, effects, (known) => {
      if (!known?.inStorm) return undefined;
      const { inStorm: _, ...own } = known;
      return plan(known, own, stage, now);
    });
  const over = stormOverNotice(
    { count: storm.count, causes: storm.causes ?? 0, perWorkload: storm.tally ?? {}, since: storm.openedAt },
    stage,
    now,
  );
  return plan(storm, fold(storm, over, now, stage.notify.windowSeconds * 1000), stage, now);
}

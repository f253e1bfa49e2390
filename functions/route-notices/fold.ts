import type { Notice } from '../../shared/notices/notice.ts';
import { isLouder, type Thread, threadOf } from '../../shared/threads/thread.ts';

/** The notices before the one shown that are kept of a thread, and the ids by which copies are known. */
const KEPT = 10;
const KNOWN_IDS = 50;
/** So many openings again within so long are flapping. */
const FLAPS = 3;
const FLAP_MS = 60 * 60_000;

/**
 * Folds a notice into its thread. Queues keep no order, so a change of state that is older than the last one known is
 * counted and changes nothing.
 *
 * @param now milliseconds since the epoch
 * @param windowMs what comes again within it belongs together
 * @returns the thread as it is then; the same as before for a copy of what is known. One with the count 0 only
 *   remembers that something ended whose beginning has not come.
 */
export function fold(known: Thread | undefined, notice: Notice, now: number, windowMs: number): Thread {
  if (known?.ids.includes(notice.id)) return known;
  const at = Date.parse(notice.at);
  const isLate = known !== undefined && at < known.changedAt;
  if (notice.state === 'resolved') {
    if (known?.state === 'open')
      return isLate ? { ...known, ids: withId(known.ids, notice) } : resolved(known, notice, now);
    const ids = withId(known?.ids ?? [], notice);
    return {
      ...begin(notice, now),
      ...known,
      ...{ state: 'resolved', changedAt: Math.max(at, known?.changedAt ?? 0), ids },
    };
  }
  // It began and ended, and the end came first.
  if (isLate && known.state === 'resolved' && notice.state === 'open')
    return known.count > 0
      ? counted(known, notice)
      : { ...begin(notice, now, known), ...{ state: 'resolved', endedAt: now, changedAt: known.changedAt } };
  return !known || isOver(known, now, windowMs) ? begin(notice, now, known) : repeated(known, notice, now);
}

/** Whether what comes now is another episode. */
function isOver({ state, lastAt, count }: Thread, now: number, windowMs: number): boolean {
  return count === 0 || ((state === 'resolved' || state === 'passing') && now - lastAt >= windowMs);
}

function begin(notice: Notice, now: number, before?: Thread): Thread {
  const { workload, kind, severity } = notice;
  const count = notice.state === 'resolved' ? 0 : 1;
  return {
    ...{ workload, thread: threadOf(notice), ...(kind && { kind }), severity, notice },
    ...{ state: stateOf(notice), openedAt: now, lastAt: now, changedAt: Date.parse(notice.at), count },
    ...{
      revision: (before?.revision ?? 0) + 1,
      ids: withId(before?.ids ?? [], notice),
      earlier: [],
      dropped: 0,
      reopened: [],
      heardBy: [],
      held: [],
      escalatedTo: [],
    },
    ...{ saidAt: now, saidCount: 1, nudgedUntil: 0 },
  };
}

function repeated(thread: Thread, notice: Notice, now: number): Thread {
  const { endedAt: _, ...before } = thread;
  const isBack = thread.state === 'resolved';
  const reopened = isBack ? [...thread.reopened.filter((at) => at > now - FLAP_MS), now] : thread.reopened;
  const flappingSince = thread.flappingSince ?? (reopened.length >= FLAPS ? now : undefined);
  return {
    ...before,
    ...counted(before, notice),
    ...remember(before, thread.notice, thread.lastAt),
    ...{
      state: stateOf(notice),
      lastAt: now,
      changedAt: Math.max(thread.changedAt, Date.parse(notice.at)),
      notice,
      reopened,
    },
    severity: isLouder(notice.severity, thread.severity) ? notice.severity : thread.severity,
    ...(flappingSince !== undefined && { flappingSince }),
  };
}

function resolved(thread: Thread, notice: Notice, now: number): Thread {
  return {
    ...thread,
    ...remember(thread, thread.notice, thread.lastAt),
    ...{ state: 'resolved', endedAt: now, lastAt: now, changedAt: Date.parse(notice.at), notice },
    ...{ revision: thread.revision + 1, ids: withId(thread.ids, notice) },
  };
}

function counted(thread: Thread, notice: Notice): Thread {
  return { ...thread, count: thread.count + 1, revision: thread.revision + 1, ids: withId(thread.ids, notice) };
}

function remember(thread: Thread, { title, severity }: Notice, at: number): Pick<Thread, 'earlier' | 'dropped'> {
  const earlier = [...thread.earlier, { at, title, severity }];
  return { earlier: earlier.slice(-KEPT), dropped: thread.dropped + Math.max(0, earlier.length - KEPT) };
}

function withId(ids: string[], { id }: Notice): string[] {
  return [...ids, id].slice(-KNOWN_IDS);
}

function stateOf({ cause, run, state }: Notice): Thread['state'] {
  if (cause !== undefined) return state ?? 'passing';
  return run === undefined ? 'passing' : 'progress';
}

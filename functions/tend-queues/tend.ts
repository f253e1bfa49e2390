import type { Notice } from '../../shared/notices/notice.ts';
import { goneNotice, runawayNotice, troubleNotice } from '../../shared/notices/queue.ts';
import { publishMetrics } from '../../shared/queues/emf.ts';
import { judgeQueue } from '../../shared/queues/judge.ts';
import { follow } from '../../shared/queues/trouble.ts';
import type { CompiledStage, QueueWorkload } from '../../shared/stage/compiled.ts';
import { NOTHING_REMEMBERED, putQueueDay, type QueueMemory, type QueuesState } from '../../shared/state/queues.ts';
import { real as acts, clean, register } from './act.ts';
import type { Look } from './look.ts';

export const real = { ...acts, publishMetrics, putQueueDay };

/** What became of a queue in a minute, and what is to be told of it. */
export interface Tended {
  memory: QueueMemory;
  notices: Notice[];
}

/**
 * Tends all queues, each by itself: of one that fails, all stays as it was, and it hinders no other.
 *
 * @param now milliseconds since the epoch
 */
export async function tendAll(
  before: Pick<QueuesState, 'at' | 'queues'>,
  looks: Record<string, Look>,
  stage: CompiledStage,
  now: number,
  effects: typeof real,
): Promise<Pick<QueuesState, 'queues'> & { notices: Notice[]; failures: unknown[] }> {
  const names = Object.keys(looks);
  const known = (name: string) => before.queues[name] ?? NOTHING_REMEMBERED;
  const tended = await Promise.allSettled(
    names.map((name) => tend(name, known(name), looks[name] as Look, stage, { since: before.at, now }, effects)),
  );
  const gone = Object.entries(before.queues).filter(([name]) => !names.includes(name));
  return {
    queues: Object.fromEntries(
      tended.map((one, index) => {
        const name = names[index] ?? '';
        return [name, one.status === 'fulfilled' ? one.value.memory : known(name)];
      }),
    ),
    notices: [
      ...gone.flatMap(([name, memory]) => goneNotice(name, memory, stage, now) ?? []),
      ...tended.flatMap((one) => (one.status === 'fulfilled' ? one.value.notices : [])),
    ],
    failures: tended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  };
}

/**
 * Decides and does what a minute asks for of one queue.
 *
 * @param time the minute, and that which was judged before, in milliseconds since the epoch
 */
export async function tend(
  name: string,
  before: QueueMemory,
  look: Look,
  stage: CompiledStage,
  time: { since: number; now: number },
  effects: typeof real,
): Promise<Tended> {
  const { now } = time;
  const queue = stage.queues[name] as QueueWorkload;
  const { memory: judged, limits, found, over, runaway } = judgeQueue(before, look, queue, stage.calendar, time);
  if (over) await effects.putQueueDay(name, over);
  const [registered, cleaned] = await Promise.all([
    register(limits, before, queue, look, now, effects),
    clean(name, before, queue, look, now, effects),
  ]);
  const { workers, wanted } = judged;
  effects.publishMetrics(
    stage.stage,
    name,
    { ...(workers && { Workers: workers.running }), ...(wanted !== undefined && { Wanted: wanted }) },
    now,
  );
  const all = { ...found, ...registered.found, ...cleaned.found };
  for (const [trouble, problem] of Object.entries(all))
    if (typeof problem === 'string') console.error(JSON.stringify({ queue: name, trouble, problem }));
  const { troubles, changes } = follow(before.troubles, all, now);
  const memory = { ...judged, ...registered.memory, ...cleaned.memory, troubles };
  const event = { queue: name, memory, ...(cleaned.removed && { removed: cleaned.removed }) };
  const reasons = 'reading' in look.read ? look.read.reading.reasons : undefined;
  const notices = changes.map((change) => troubleNotice(event, change, stage, now));
  return {
    memory,
    notices: runaway ? [runawayNotice(event, runaway, reasons, stage, now), ...notices] : notices,
  };
}

import { describeWorkers, nameOfService } from '../../shared/aws/workers.ts';
import type { Look } from '../../shared/cost/reckon.ts';
import type { CompiledStage, QueueWorkload } from '../../shared/stage/compiled.ts';
import type { DaySpend } from '../../shared/state/ledger.ts';
import { getQueues, type QueueMemory, type QueuesState, queueDaysBetween } from '../../shared/state/queues.ts';

export const real = { getQueues, queueDaysBetween, describeWorkers };

type Effects = typeof real;
type Seen = Extract<Look, { workers: object }>;

/** Workers are counted every minute: longer ago nobody knows how many run. */
const LATELY_MS = 5 * 60_000;

/**
 * What the workers of queues have run, as whoever tends them has counted minute by minute. Where nobody has lately, ECS is
 * asked: the brake does not hang on what scales.
 *
 * @param before what was seen of a queue when it was looked at last
 * @param now milliseconds since the epoch
 */
export function lookAtQueues(
  { queues }: CompiledStage,
  before: (queue: string) => DaySpend | undefined,
  now: number,
  effects: Effects,
): [string, Promise<Look>][] {
  const entries = Object.entries(queues);
  const asked = entries.length > 0 ? effects.getQueues() : undefined;
  return entries.map(([name, queue]) => [name, look(name, queue, asked, before(name), now, effects)]);
}

async function look(
  name: string,
  { workers }: QueueWorkload,
  asked: Promise<QueuesState> | undefined,
  before: DaySpend | undefined,
  now: number,
  effects: Effects,
): Promise<Look> {
  const { at = 0, queues } = (await asked) ?? {};
  const memory = queues && Object.hasOwn(queues, name) ? queues[name] : undefined;
  const counted = at >= now - LATELY_MS && memory ? await asCounted(name, memory, before, now, effects) : undefined;
  if (counted) return counted;
  const facts = (await effects.describeWorkers([workers])).get(nameOfService(workers));
  if (facts instanceof Error) throw facts;
  const { running, pending } = facts ?? { running: 0, pending: 0 };
  const seconds = before ? (running * (now - Date.parse(before.seenAt))) / 1000 : 0;
  return {
    isOn: running + pending > 0,
    workers: { lasting: running, seconds, ...(before?.counted && { counted: before.counted }) },
  };
}

async function asCounted(
  name: string,
  { workers, today }: QueueMemory,
  before: DaySpend | undefined,
  now: number,
  effects: Effects,
): Promise<Seen | undefined> {
  if (!workers || !today) return undefined;
  const known = before?.counted;
  // The days that ended meanwhile; of the first of them a part is counted already.
  const ended = known && known.day < today.day ? await effects.queueDaysBetween(name, known.day, today.day) : [];
  const days = [...ended.filter(({ day }) => day < today.day), today];
  const sum = days.reduce((total, { workerSeconds }) => total + workerSeconds, 0);
  const already = days.some(({ day }) => day === known?.day) ? (known?.seconds ?? 0) : 0;
  const seconds = Math.max(0, sum - already);
  const elapsed = before ? (now - Date.parse(before.seenAt)) / 1000 : 0;
  return {
    isOn: workers.running + workers.pending > 0,
    workers: {
      lasting: elapsed > 0 ? Math.min(workers.running, seconds / elapsed) : workers.running,
      seconds,
      counted: { day: today.day, seconds: today.workerSeconds },
    },
  };
}

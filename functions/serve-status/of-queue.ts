import { backlogOf } from '../../shared/queues/reading.ts';
import type { QueueWorkload } from '../../shared/stage/compiled.ts';
import type { Why, WorkloadNow } from '../../shared/status/answers.ts';
import { whyHeld, whyKept } from './code.ts';
import type { Known } from './known.ts';
import { utc } from './utc.ts';

/** The last minute that was judged is from then on, or it was not looked at lately. */
const LATELY_MS = 5 * 60_000;

/** How a queue and its workers are. @param now milliseconds since the epoch */
export function queueNow(name: string, { scaling }: QueueWorkload, known: Known, now: number): WorkloadNow {
  const { at, queues } = known.queues;
  const memory = Object.hasOwn(queues, name) ? queues[name] : undefined;
  const unreadable = memory?.troubles.unreadable;
  const how = at < now - LATELY_MS ? 'unknown' : unreadable ? 'unreadable' : nowOf(memory);
  const held = whyHeld(known.ofStage, known.facts(name), Number.POSITIVE_INFINITY, name);
  const why = whyOf(how, held ?? whyKept(known.ofStage, known.facts(name)), memory);
  const { reading, workers } = memory ?? {};
  return {
    ...{ name, kind: 'queue', now: how, up: upOf(how, held !== undefined) },
    ...(how === 'unreadable' && unreadable && { since: utc(unreadable.since) }),
    ...(why && { why }),
    queue: {
      ...(reading && how !== 'unknown' && { backlog: backlogOf(reading) }),
      ...(workers && how !== 'unknown' && { workers: workers.running }),
      max: scaling.max,
    },
  };
}

type Memory = Known['queues']['queues'][string];

function nowOf(memory: Memory | undefined): WorkloadNow['now'] {
  if (!memory?.reading) return 'unknown';
  if (backlogOf(memory.reading) === 0) return 'empty';
  return memory.workers?.running === 0 ? 'waiting' : 'working';
}

/** Jobs that wait while nothing may start are not worked off. */
function upOf(how: WorkloadNow['now'], isHeld: boolean): boolean | null {
  if (how === 'unknown') return null;
  return how !== 'unreadable' && !(how === 'waiting' && isHeld);
}

function whyOf(how: WorkloadNow['now'], word: Why | undefined, memory: Memory | undefined): Why | undefined {
  if (how === 'unknown') return { code: 'not-looked-at' };
  const problem = memory?.troubles.unreadable?.problem;
  if (how === 'unreadable') return { code: 'unreadable', ...(problem && { text: problem }) };
  const capped = memory?.runaway.capped;
  return word ?? (capped && { code: 'runaway', text: capped.why });
}

import type { Reading } from '../queues/reading.ts';
import type { Trouble, TroubleChange } from '../queues/trouble.ts';
import type { CompiledStage, QueueWorkload, Severity } from '../stage/compiled.ts';
import type { QueueMemory } from '../state/queues.ts';
import { queueWordsOf } from '../words/queues.ts';
import { wordsOf } from '../words/words.ts';
import { headOf } from './head.ts';
import type { Notice } from './notice.ts';
import { minutes } from './parts.ts';
import { linksOf, stateOf } from './queue-parts.ts';
import { troubleLines } from './queue-troubles.ts';

/** What is said of a minute of a queue. */
export interface QueueEvent {
  queue: string;
  /** As it is remembered after the minute. */
  memory: QueueMemory;
  /** What cleaning has removed in it. */
  removed?: { completed: number; failed: number };
}

const SEVERITIES: Record<Trouble, Severity> = {
  unreadable: 'critical',
  service: 'critical',
  scaling: 'critical',
  stuck: 'critical',
  overloaded: 'warning',
  idle: 'warning',
  memory: 'warning',
  cleaning: 'critical',
};

/** That something has been wrong for a while, or is not any more: one incident for each thing that can be. */
export function troubleNotice(event: QueueEvent, change: TroubleChange, stage: CompiledStage, now: number): Notice {
  const { queue, memory } = event;
  const { trouble, what, of } = change;
  const [words, all] = [queueWordsOf(stage), wordsOf(stage)];
  const title = words[what][trouble](queue);
  const severity = what === 'opened' ? SEVERITIES[trouble] : 'success';
  const head = headOf(queue, `${trouble} ${what} ${instant(of.since)}`, severity, title, stage, now);
  if (what === 'resolved')
    return {
      ...head,
      lines: [words.lasted(minutes((now - of.since) / 1000, all)), ...stateOf(memory, stage, now)],
      ...{ cause: trouble, state: 'resolved' },
      ...linksOf(queue, stage),
    };
  return {
    ...head,
    ...troubleLines(event, trouble, of, stage, now),
    cause: trouble,
    state: 'open',
    ...linksOf(queue, stage),
  };
}

/** That workers are held down since more of them do not help, with why jobs fail; and that they are free again. */
export function runawayNotice(
  { queue, memory }: QueueEvent,
  what: 'capped' | 'restored',
  reasons: Reading['reasons'],
  stage: CompiledStage,
  now: number,
): Notice {
  const words = queueWordsOf(stage);
  const { runaway, scaling } = stage.queues[queue] as QueueWorkload;
  const state = stateOf(memory, stage, now);
  if (what === 'restored')
    return {
      ...headOf(queue, `runaway restored ${instant(now)}`, 'success', words.restored(queue), stage, now),
      ...{ lines: [words.isRestored(scaling.max), ...state], cause: 'runaway', state: 'resolved' },
      ...linksOf(queue, stage),
    };
  const { why, minutes: watched = runaway.minutes } = memory.runaway.capped ?? {};
  return {
    ...headOf(queue, `runaway capped ${instant(now)}`, 'critical', words.capped(queue), stage, now),
    lines: [
      why === 'errors' ? words.failing(runaway.errorPercent) : words.inVain(watched),
      ...state,
      ...(reasons ?? []).map(({ reason, times }) => words.because(reason, times)),
    ],
    did: [words.isCapped(Math.min(runaway.workers, scaling.max))],
    ...{ todo: [words.mendJobs], cause: 'runaway', state: 'open' },
    ...linksOf(queue, stage),
  };
}

/** That the stage file does not name it any more, where something of it was open. */
export function goneNotice(queue: string, memory: QueueMemory, stage: CompiledStage, now: number): Notice | undefined {
  const words = queueWordsOf(stage);
  const open = Object.entries(memory.troubles).flatMap(([trouble, { told }]) => (told ? [trouble] : []));
  const resolves = [...open, ...(memory.runaway.capped ? ['runaway'] : [])];
  if (resolves.length === 0) return undefined;
  const head = headOf(queue, `gone ${instant(now)}`, 'info', words.gone(queue), stage, now);
  return { ...head, lines: [words.isGone], resolves };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

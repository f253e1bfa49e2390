import { waitOf } from '../queues/found.ts';
import type { Trouble, Troubled } from '../queues/trouble.ts';
import type { CompiledStage, QueueWorkload } from '../stage/compiled.ts';
import { tellProblem } from '../words/queue-problems.ts';
import { type QueueWords, queueWordsOf } from '../words/queues.ts';
import { wordsOf } from '../words/words.ts';
import type { Notice } from './notice.ts';
import { minutes } from './parts.ts';
import type { QueueEvent } from './queue.ts';
import { stateOf } from './queue-parts.ts';

type Said = Pick<Notice, 'lines' | 'did' | 'todo'>;

/** What is said of something that is wrong: what it is, what was done about it, what a person should do. */
export function troubleLines(
  event: QueueEvent,
  trouble: Trouble,
  of: Troubled,
  stage: CompiledStage,
  now: number,
): Said {
  const { queue, memory } = event;
  const workload = stage.queues[queue] as QueueWorkload;
  const words = queueWordsOf(stage);
  const { cluster, service } = workload.workers;
  const state = stateOf(memory, stage, now);
  const named = `${cluster}/${service}`;
  const { workers, limits } = memory;
  switch (trouble) {
    case 'unreadable':
      return {
        lines: [words.unreadable(tellProblem(of.problem, stage), of.minutes), ...state],
        todo: [words.mendUnreadable],
      };
    case 'service':
      return {
        lines: [of.problem === 'absent' ? words.absent(named) : words.unseen(named, of.problem)],
        todo: [words.mendService],
      };
    case 'scaling':
      return { lines: [words.notSet(of.problem), words.keepsScaling], todo: [words.mendScaling] };
    case 'stuck': {
      const counts = words.stuck(workers?.desired ?? 0, workers?.running ?? 0);
      const said = of.problem === 'silent' ? [] : [words.ecsSays(of.problem)];
      return { lines: [counts, ...said, ...state], todo: [words.mendStuck] };
    }
    case 'overloaded': {
      const wait = minutes(waitOf(workload.scaling), wordsOf(stage));
      return {
        lines: [words.overloaded(limits?.max ?? workload.scaling.max, wait), ...state],
        todo: [words.mendOverloaded],
      };
    }
    case 'idle':
      return { lines: [words.idle(memory.sizing.empty), ...state], todo: [words.mendIdle] };
    case 'memory':
      return memoryLines(event, workload, words);
    case 'cleaning':
      return { lines: [words.notCleaned(tellProblem(of.problem, stage))], todo: [words.mendCleaning] };
  }
}

function memoryLines({ memory, removed }: QueueEvent, { clean }: QueueWorkload, words: QueueWords): Said {
  const percent = Math.round(memory.reading?.memoryPercent ?? 0);
  return {
    lines: [words.memory(percent, clean?.abovePercent ?? 0)],
    ...(removed && {
      did: [
        removed.completed + removed.failed > 0 ? words.removed(removed.completed, removed.failed) : words.removedNone,
      ],
    }),
    todo: [words.mendMemory],
  };
}

import type { CompiledStage } from '../stage/compiled.ts';
import { queues as en } from './en/queues.ts';
import { queues as ko } from './ko/queues.ts';

/** What is said of queues and their workers: apart from the other words, since few functions need it and every function is small. */
export type QueueWords = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], QueueWords> = { en, ko };

export function queueWordsOf({ notify }: Pick<CompiledStage, 'notify'>): QueueWords {
  return LANGUAGES[notify.language];
}

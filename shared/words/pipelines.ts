import type { CompiledStage } from '../stage/compiled.ts';
import { pipelines as en } from './en/pipelines.ts';
import { pipelines as ko } from './ko/pipelines.ts';

/** What is said of pipelines: apart from the other words, since few functions need it and every function is small. */
export type PipelineWords = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], PipelineWords> = { en, ko };

export function pipelineWordsOf({ notify }: Pick<CompiledStage, 'notify'>): PipelineWords {
  return LANGUAGES[notify.language];
}

import type { CompiledStage } from '../stage/compiled.ts';
import { services as en } from './en/services.ts';
import { services as ko } from './ko/services.ts';

/** What is said of what is watched: apart from the other words, since only the checks need it and every function is small. */
export type ServiceWords = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], ServiceWords> = { en, ko };

export function serviceWordsOf({ notify }: Pick<CompiledStage, 'notify'>): ServiceWords {
  return LANGUAGES[notify.language];
}

import type { CompiledStage } from '../stage/compiled.ts';
import { consequences as en } from './en/consequences.ts';
import { consequences as ko } from './ko/consequences.ts';

/** What is said of a word before it is carried out: apart from the other words, since few ask for it. */
export type ConsequenceWords = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], ConsequenceWords> = { en, ko };

export function consequenceWordsOf({ notify }: Pick<CompiledStage, 'notify'>): ConsequenceWords {
  return LANGUAGES[notify.language];
}

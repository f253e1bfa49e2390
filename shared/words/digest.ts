import type { CompiledStage } from '../stage/compiled.ts';
import { digest as en } from './en/digest.ts';
import { digest as ko } from './ko/digest.ts';

/** What digests say: apart from the other words, since one function alone needs it and every function is small. */
export type DigestWords = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], DigestWords> = { en, ko };

export function digestWordsOf({ notify }: Pick<CompiledStage, 'notify'>): DigestWords {
  return LANGUAGES[notify.language];
}

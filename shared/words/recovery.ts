import type { CompiledStage } from '../stage/compiled.ts';
import { recovery as en } from './en/recovery.ts';
import { recovery as ko } from './ko/recovery.ts';

/** What is said of recoveries: apart from the other words, since few functions need it and every function is small. */
export type RecoveryWords = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], RecoveryWords> = { en, ko };

export function recoveryWordsOf({ notify }: Pick<CompiledStage, 'notify'>): RecoveryWords {
  return LANGUAGES[notify.language];
}

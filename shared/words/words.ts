import type { CompiledStage } from '../stage/compiled.ts';
import * as en from './en.ts';
import * as ko from './ko.ts';

/** Every sentence that people are told, in one language; facts that are recorded elsewhere stay as they are. */
export type Words = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], Words> = { en, ko };

/** The words of the language that the stage speaks. */
export function wordsOf({ notify }: Pick<CompiledStage, 'notify'>): Words {
  return LANGUAGES[notify.language];
}

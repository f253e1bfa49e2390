import type { CompiledStage } from '../stage/compiled.ts';
import { commands as en } from './en/commands.ts';
import { commands as ko } from './ko/commands.ts';

/** What Discord's commands and buttons say: apart from the other words, since few functions need it. */
export type CommandWords = typeof en;

export const LANGUAGES: Record<CompiledStage['notify']['language'], CommandWords> = { en, ko };

export function commandWordsOf({ notify }: Pick<CompiledStage, 'notify'>): CommandWords {
  return LANGUAGES[notify.language];
}

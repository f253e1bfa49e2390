import type { CompiledStage } from '../stage/compiled.ts';
import { budget as en } from './en/budget.ts';
import { budget as ko } from './ko/budget.ts';

/** What is said of the spending: apart from the other words, since one function alone needs it and has no room for them. */
export type BudgetWords = typeof en;

const LANGUAGES: Record<CompiledStage['notify']['language'], BudgetWords> = { en, ko };

export function budgetWordsOf({ notify }: Pick<CompiledStage, 'notify'>): BudgetWords {
  return LANGUAGES[notify.language];
}

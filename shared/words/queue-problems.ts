import { readProblem } from '../queues/problems.ts';
import { retold } from '../reasons.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { PROBLEMS } from './ko/queue-problems.ts';
import { wordsOf } from './words.ts';

/** Why a queue could not be read, in the stage's language: the record is English. */
export function tellProblem(problem: string, stage: Pick<CompiledStage, 'notify'>): string {
  const found = readProblem(problem);
  if (!found) return retold(problem, wordsOf(stage).reason);
  return stage.notify.language === 'ko' ? PROBLEMS[found.reason](...found.values) : problem;
}

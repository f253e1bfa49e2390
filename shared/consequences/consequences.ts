import type { Output } from '../../functions/show-status/contract.ts';
import { dollars } from '../cost/items.ts';
import type { ConsequenceWords } from '../words/consequences.ts';
import { ofRun } from './of-run.ts';
import { type Act, type Consequence, calm, ofQueue, ofService, type Said } from './of-unrun.ts';

export type { Act, Consequence };

/**
 * What a word would do, as things are now.
 *
 * @param until as the person wrote it
 * @param isOfStage whether it is said of the whole stage
 */
export function consequencesOf(
  act: Act,
  status: Output,
  until: string | undefined,
  words: ConsequenceWords,
  isOfStage = false,
): Consequence[] {
  const said: Said = { act, until, isOfStage };
  const named = <Status>(all: Record<string, Status>, of: (one: Status) => Consequence[]) =>
    Object.entries(all).flatMap(([name, one]) =>
      of(one).map(({ text, stops }) => ({ text: `${name}: ${text}`, stops })),
    );
  return [
    ...ofStage(act, status, words),
    ...named(status.workloads, (workload) => ofRun(said, workload, status.at, words)),
    ...named(status.services, (service) => ofService(said, service, words)),
    ...named(status.queues, (queue) => ofQueue(said, queue, words)),
  ];
}

function ofStage(act: Act, { words: held, overBudget }: Output, words: ConsequenceWords): Consequence[] {
  if (act !== 'resume') return [];
  return [
    ...held.map((word) => calm(words.stageSaid(words.held[word.act], word.by, word.why))),
    ...(overBudget ? [calm(words.allowed(dollars(overBudget.usd), `$${overBudget.limit}`))] : []),
  ];
}

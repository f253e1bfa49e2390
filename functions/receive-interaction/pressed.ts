import type { Pressed } from '../../shared/discord/buttons.ts';
import type { Right } from '../../shared/stage/compiled.ts';
import type { takeAsked } from '../../shared/state/interactions.ts';
import type { CommandWords } from '../../shared/words/commands.ts';
import type { Does } from '../carry-out-command/contract.ts';
import { type Answer, instead, LATER_HERE, told } from './answers.ts';

/** The right that a button asks for. */
export function rightOf(means: Pressed): Right {
  return 'command' in means ? means.command : means.what;
}

/** What a pressed button has done, and what its presser is answered meanwhile. */
export async function pressed(
  means: Pressed,
  by: string,
  words: CommandWords,
  { now, ...effects }: { takeAsked: typeof takeAsked; now: () => number },
): Promise<{ does?: Does; answer: Answer }> {
  if (means.what === 'acknowledge' || means.what === 'approve') return { does: means, answer: LATER_HERE };
  const order = await effects.takeAsked(means.id, now());
  if (order === undefined) return { answer: told(words.answered) };
  if (order === 'late') return { answer: instead(words.late) };
  if (means.what === 'cancel') return { answer: instead(words.calledOff(words.ordered(order), by)) };
  const who = order.by === by ? by : words.confirmedBy(order.by, by);
  return {
    does: { what: 'confirmed', order: { ...order, by: who } },
    answer: instead(words.beingDone(words.ordered(order), by)),
  };
}

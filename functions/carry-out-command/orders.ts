import { consequencesOf } from '../../shared/consequences/consequences.ts';
import { rowOf } from '../../shared/discord/buttons.ts';
import { COMMANDS, type CommandName } from '../../shared/discord/commands.ts';
import type { Order } from '../../shared/discord/order.ts';
import { cut } from '../../shared/messages/texts.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { askToConfirm } from '../../shared/state/interactions.ts';
import { type CommandWords, commandWordsOf } from '../../shared/words/commands.ts';
import { consequenceWordsOf } from '../../shared/words/consequences.ts';
import type { Output as Status } from '../show-status/contract.ts';
import { ask, type doers, whyNot } from './ask.ts';
import type { Does, Input } from './contract.ts';
import { type Said, sayInstead, sayMore, type voice } from './reply.ts';

export const orders = { askToConfirm };

type Effects = typeof doers & typeof voice & typeof orders & { stage: () => CompiledStage; now: () => number };
type Interaction = Input['interaction'];

/** A message has 2000 characters; its head has some. */
const LENGTH = 1500;

/** Carries out a person's word; one that stops something once it is confirmed. The channel hears of it. */
export async function carryOut(
  interaction: Interaction,
  { what, order }: Extract<Does, { what: 'order' | 'confirmed' }>,
  effects: Effects,
): Promise<void> {
  const words = commandWordsOf(effects.stage());
  if (what === 'confirmed') return sayInstead(interaction, await obey(order, words, effects), effects);
  const found = await foresee(interaction, order, words, effects).catch(
    (error): Outcome => ({ isRefused: true, said: { content: words.notDone(whyNot(error, words)) } }),
  );
  if (found.isRefused) return sayInstead(interaction, found.said, effects);
  await sayInstead(interaction, { content: found.isAsked ? words.askedBelow : words.doneBelow }, effects);
  await sayMore(interaction, found.said, effects);
}

interface Outcome {
  said: Said;
  isAsked?: boolean;
  isRefused?: boolean;
}

/** What it would do is asked back where that stops something; else it is done. */
async function foresee({ id }: Interaction, order: Order, words: CommandWords, effects: Effects): Promise<Outcome> {
  const { act, workload, until } = order;
  const status = await ask<Status>('STATUS', { ...(workload !== undefined && { workload }) }, effects);
  const of = consequenceWordsOf(effects.stage());
  const consequences = consequencesOf(act, status, until, of, workload === undefined);
  if (!consequences.some(({ stops }) => stops)) return { said: await done(order, words, effects) };
  await effects.askToConfirm(id, order, effects.now());
  const listed = consequences.map(({ text }) => `- ${text}`).join('\n');
  const content = `${words.asks(words.ordered(order), order)}\n${cut(listed, LENGTH)}`;
  const command = commandOf(order);
  const components = rowOf([
    { means: { what: 'confirm', command, id }, label: words.yes, style: 'danger' },
    { means: { what: 'cancel', command, id }, label: words.no, style: 'secondary' },
  ]);
  return { isAsked: true, said: { content, components } };
}

/** @throws by its own name, what override-workload refuses */
async function done(order: Order, words: CommandWords, effects: Effects): Promise<Said> {
  await ask('OVERRIDE', order, effects);
  return { content: words.done(words.ordered(order), order), components: [] };
}

/** Of what was asked in front of all, all hear why it was not done. */
async function obey(order: Order, words: CommandWords, effects: Effects): Promise<Said> {
  try {
    return await done(order, words, effects);
  } catch (error) {
    return { content: words.notDoneOf(words.ordered(order), whyNot(error, words)), components: [] };
  }
}

/** Whoever may give the command may confirm it. */
function commandOf({ act }: Order): CommandName {
  const names = Object.keys(COMMANDS) as CommandName[];
  return names.find((name) => COMMANDS[name].act === act) ?? 'stop';
}

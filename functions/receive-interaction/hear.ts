import { invokeLater } from '../../shared/aws/functions.ts';
import { meaningOf } from '../../shared/discord/buttons.ts';
import { isCommand, rolesFor } from '../../shared/discord/commands.ts';
import { env } from '../../shared/env.ts';
import { asError } from '../../shared/errors.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { takeAsked, takeInteraction } from '../../shared/state/interactions.ts';
import { type CommandWords, commandWordsOf } from '../../shared/words/commands.ts';
import type { Does } from '../carry-out-command/contract.ts';
import { type Answer, choices, LATER, told } from './answers.ts';
import { askedBy, suggested } from './asked.ts';
import { type Interaction, TYPE } from './contract.ts';
import { pressed, rightOf } from './pressed.ts';

export const ears = { takeInteraction, takeAsked, invokeLater, now: Date.now };

/**
 * Answers an interaction that Discord has signed, and has carry-out-command do what it asks for.
 *
 * @returns undefined where it was received before
 */
export async function hear(said: Interaction, stage: CompiledStage, effects: typeof ears): Promise<Answer | undefined> {
  const words = commandWordsOf(stage);
  const { type, id, data, member } = said;
  const command = isCommand(data?.name) ? data.name : undefined;
  const button = type === TYPE.component ? meaningOf(data?.custom_id ?? '') : undefined;
  const right = button ? rightOf(button) : command;
  if (!member || !isHere(said, stage)) return told(words.elsewhere(stage.stage));
  if (!right) return told(words.notOurs);
  const roles = stage.commands ? rolesFor(right, stage.commands) : [];
  const isAllowed = [...member.roles, said.guild_id].some((role) => role !== undefined && roles.includes(role));
  if (type === TYPE.autocomplete) return choices(isAllowed && command ? suggested(command, said, stage) : []);
  if (!isAllowed) return told(words.mayNot(right, roles));
  const by = `${member.user.username} (Discord)`;
  const asked = command && askedBy(command, said, by, stage, words);
  if (typeof asked === 'string') return told(asked);
  if (!(await effects.takeInteraction(id, 'received', effects.now()))) return undefined;
  if (asked) return handOver(said, asked, by, LATER, words, effects);
  if (!button) return told(words.notOurs);
  const { does, answer } = await pressed(button, by, words, effects);
  return does ? handOver(said, does, by, answer, words, effects) : answer;
}

/** Whether it comes from the server and the application that the stage file names. */
function isHere({ guild_id: guild, application_id: application }: Interaction, { commands }: CompiledStage): boolean {
  return commands !== undefined && guild === commands.guild && application === commands.application;
}

async function handOver(
  { id, application_id: application, token }: Interaction,
  does: Does,
  by: string,
  answer: Answer,
  words: CommandWords,
  effects: typeof ears,
): Promise<Answer> {
  console.info(JSON.stringify({ interaction: id, by, does }));
  try {
    await effects.invokeLater(env('CARRY_OUT_FUNCTION'), { interaction: { id, application, token }, by, does });
    return answer;
  } catch (thrown) {
    const { name, message } = asError(thrown);
    console.error(JSON.stringify({ error: name, message, interaction: id }));
    return told(words.notHandedOver(name));
  }
}

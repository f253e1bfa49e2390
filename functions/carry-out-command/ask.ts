import { invoke } from '../../shared/aws/functions.ts';
import { env } from '../../shared/env.ts';
import { asError } from '../../shared/errors.ts';
import { cut } from '../../shared/messages/texts.ts';
import type { CommandWords } from '../../shared/words/commands.ts';

export const doers = { invoke };

/** By the variables that name them. */
export type Doer = 'ACKNOWLEDGE' | 'INCIDENTS' | 'OVERRIDE' | 'RECOVERY' | 'RUNS' | 'STATUS';

/** Has a function do something. @throws by its own name, what that has thrown */
export async function ask<Answer>(doer: Doer, event: object, effects: typeof doers): Promise<Answer> {
  return (await effects.invoke(env(`${doer}_FUNCTION`), event)) as Answer;
}

/** What those functions throw in words for whoever asks. */
const REFUSALS = ['ContraryOrder', 'InvalidInput', 'UnknownWorkload'];
/** A message has 2000 characters. */
const LENGTH = 1500;

/** Why something was not done, in the words for whoever asked; what is no refusal is logged too. */
export function whyNot(thrown: unknown, words: CommandWords): string {
  const { name, message } = asError(thrown);
  if (REFUSALS.includes(name)) return cut(message, LENGTH);
  console.error(JSON.stringify({ error: name, message }));
  return cut(words.failed(name, message), LENGTH);
}

import { incidentOf } from '../../shared/discord/buttons.ts';
import { InvalidInput } from '../../shared/errors.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { type CommandWords, commandWordsOf } from '../../shared/words/commands.ts';
import type { Output as Incidents } from '../list-incidents/contract.ts';
import { ask, type doers, whyNot } from './ask.ts';
import type { Does, Input } from './contract.ts';
import { sayMore, type voice } from './reply.ts';

type OnNotice = Extract<Does, { what: 'acknowledge' | 'approve' }>;
type Effects = typeof doers & typeof voice & { stage: () => CompiledStage };

/** Does what a button on a notice means. Of an acknowledgement the notice itself tells: its channel edits it. */
export async function onNotice(
  interaction: Input['interaction'],
  does: OnNotice,
  by: string,
  effects: Effects,
): Promise<void> {
  const words = commandWordsOf(effects.stage());
  try {
    const content = await (does.what === 'approve' ? approve : acknowledge)(does, by, words, effects);
    if (content !== undefined) await sayMore(interaction, { content }, effects);
  } catch (error) {
    await sayMore(interaction, { content: words.notDone(whyNot(error, words)), isPrivate: true }, effects);
  }
}

async function approve(
  { what, ...step }: OnNotice,
  by: string,
  words: CommandWords,
  effects: Effects,
): Promise<string> {
  const { said } = await ask<{ said: string }>('RECOVERY', { act: what, ...step, by }, effects);
  return words.approved(said, by);
}

async function acknowledge(does: OnNotice, by: string, words: CommandWords, effects: Effects): Promise<undefined> {
  const { workload } = does;
  const { incidents } = await ask<Incidents>('INCIDENTS', { workload }, effects);
  const meant = incidents.find(
    ({ cause }) => cause !== undefined && 'incident' in does && incidentOf(cause) === does.incident,
  );
  if (!meant) throw new InvalidInput(words.noIncident);
  await ask('ACKNOWLEDGE', { workload, cause: meant.cause, by }, effects);
}

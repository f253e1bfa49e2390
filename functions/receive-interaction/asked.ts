import {
  COMMANDS,
  type CommandName,
  fitting,
  MOST_RUNS,
  type OptionName,
  WHY_LENGTH,
} from '../../shared/discord/commands.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { CommandWords } from '../../shared/words/commands.ts';
import type { Does } from '../carry-out-command/contract.ts';
import type { Interaction } from './contract.ts';

type Options = Partial<Record<OptionName, string>>;

/**
 * What a command asks for; or, as a text, why it cannot be done. Discord checks options only on the screen of who types
 * them.
 */
export function askedBy(
  name: CommandName,
  { data }: Interaction,
  by: string,
  stage: CompiledStage,
  words: CommandWords,
): Does | string {
  const { act, needs, takes } = COMMANDS[name];
  const { workload, why = '', until, limit = '10' } = optionsOf(data, [...needs, ...takes]);
  const missing = needs.find((option) => !{ workload, why, until, limit }[option]);
  if (missing) return words.missing(missing);
  const known = fitting(name, stage);
  if (workload !== undefined && !known.includes(workload)) return words.unknown(name, workload, known);
  if (why.length > WHY_LENGTH) return words.tooLong(WHY_LENGTH);
  const of = workload !== undefined && { workload };
  if (act) return { what: 'order', order: { act, ...of, ...(until !== undefined && { until }), why, by } };
  if (name === 'status') return { what: 'status', ...of };
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > MOST_RUNS) return words.howMany(MOST_RUNS);
  return { what: 'runs', workload: workload ?? '', limit: count };
}

/** What can be typed on: what contains what is typed, what begins with it first. */
export function suggested(name: CommandName, { data }: Interaction, stage: CompiledStage): string[] {
  const focused = data?.options?.find((option) => option.focused);
  if (focused?.name !== 'workload') return [];
  const typed = String(focused.value ?? '').toLowerCase();
  const found = fitting(name, stage).filter((workload) => workload.includes(typed));
  return found.toSorted((a, b) => Number(b.startsWith(typed)) - Number(a.startsWith(typed)));
}

function optionsOf(data: Interaction['data'], known: OptionName[]): Options {
  return Object.fromEntries(
    (data?.options ?? []).flatMap(({ name, value }) =>
      known.some((option) => option === name) && String(value ?? '').trim() ? [[name, String(value).trim()]] : [],
    ),
  );
}

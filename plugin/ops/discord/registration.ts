import {
  COMMANDS,
  type CommandName,
  MOST_RUNS,
  type OptionName,
  WHY_LENGTH,
} from '../../../shared/discord/commands.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { type CommandWords, LANGUAGES } from '../../../shared/words/commands.ts';

/**
 * A command as Discord registers it. Names are the same in every language: they are what `sls ops` calls them.
 *
 * @source https://docs.discord.com/developers/interactions/application-commands#application-command-object
 */
export interface Registered {
  name: string;
  type: 1;
  description: string;
  description_localizations: Record<string, string>;
  options: RegisteredOption[];
}

export interface RegisteredOption {
  name: string;
  type: 3 | 4;
  description: string;
  description_localizations: Record<string, string>;
  required?: boolean;
  autocomplete?: boolean;
  max_length?: number;
  min_value?: number;
  max_value?: number;
}

type Language = CompiledStage['notify']['language'];

/** Every command, in the language of the stage, and in the other for who has it on. */
export function registration({ notify }: Pick<CompiledStage, 'notify'>): Registered[] {
  return (Object.keys(COMMANDS) as CommandName[]).map((name) => {
    const { needs, takes } = COMMANDS[name];
    return {
      ...{ name, type: 1 },
      ...described(notify.language, (words) => words.descriptions[name]),
      // Discord wants those first that have to be said.
      options: [
        ...needs.map((option) => ({ ...optionOf(option, notify.language, true), required: true })),
        ...takes.map((option) => optionOf(option, notify.language, false)),
      ],
    };
  });
}

function optionOf(name: OptionName, language: Language, isNeeded: boolean): RegisteredOption {
  const text = (words: CommandWords) =>
    name === 'workload' && isNeeded ? words.options.theWorkload : words.options[name];
  const of = { name, ...described(language, text) };
  if (name === 'limit') return { ...of, type: 4, min_value: 1, max_value: MOST_RUNS };
  if (name === 'workload') return { ...of, type: 3, autocomplete: true };
  return { ...of, type: 3, ...(name === 'why' && { max_length: WHY_LENGTH }) };
}

/** @source https://docs.discord.com/developers/reference#locales */
function described(language: Language, text: (words: CommandWords) => string) {
  return {
    description: text(LANGUAGES[language]),
    description_localizations: { 'en-GB': text(LANGUAGES.en), 'en-US': text(LANGUAGES.en), ko: text(LANGUAGES.ko) },
  };
}

/** What registering would change of what is registered. */
export interface Changes {
  added: string[];
  changed: string[];
  removed: string[];
  same: string[];
}

/** @param known as Discord lists it, with fields of its own */
export function changesTo(known: { name: string; type?: number }[], wanted: Registered[]): Changes {
  const of = (name: string) => known.find((one) => one.name === name && (one.type ?? 1) === 1);
  const names = wanted.map(({ name }) => name);
  const isSame = (one: Registered) => comparable(of(one.name), one) === comparable(one, one);
  return {
    added: names.filter((name) => !of(name)),
    changed: wanted.filter((one) => of(one.name) && !isSame(one)).map(({ name }) => name),
    removed: known.filter((one) => of(one.name) !== one || !names.includes(one.name)).map(({ name }) => name),
    same: wanted.filter((one) => of(one.name) && isSame(one)).map(({ name }) => name),
  };
}

/** What of a command of Discord's we speak of; what is `false` or `null` there is what is left out here. */
function comparable(found: unknown, like: unknown): string {
  return JSON.stringify(pick(found, like));
}

function pick(found: unknown, like: unknown): unknown {
  if (Array.isArray(like)) {
    const all = Array.isArray(found) ? found : [];
    return all.map((one, index) => pick(one, like[index] ?? {}));
  }
  if (typeof like !== 'object' || like === null) return found;
  const of = (found ?? {}) as Record<string, unknown>;
  const extra = ['required', 'autocomplete', 'max_length', 'min_value', 'max_value'].filter((key) => of[key]);
  const keys = [...new Set([...Object.keys(like), ...extra])].toSorted();
  return Object.fromEntries(keys.map((key) => [key, pick(of[key], (like as Record<string, unknown>)[key])]));
}

import type { Output } from './contract.ts';

/**
 * What Discord is answered within three seconds. Nobody is mentioned, whatever a text says.
 *
 * @source https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
 */
export type Answer = { type: number; data?: object };

/** For who asked alone. */
const EPHEMERAL = 64;
const UNMENTIONED = { allowed_mentions: { parse: [] } };

export const PONG: Answer = { type: 1 };

/** An answer for who asked alone, at once. */
export function told(content: string): Answer {
  return { type: 4, data: { content, flags: EPHEMERAL, ...UNMENTIONED } };
}

/** "Thinking…", for who asked alone; carry-out-command says the rest. */
export const LATER: Answer = { type: 5, data: { flags: EPHEMERAL } };

/** The message of the button stays as it is, for now. */
export const LATER_HERE: Answer = { type: 6 };

/** The message of the button says this instead, and has no button any more. */
export function instead(content: string): Answer {
  return { type: 7, data: { content, components: [], ...UNMENTIONED } };
}

/** What can be chosen: at most 25. */
export function choices(names: string[]): Answer {
  return { type: 8, data: { choices: names.slice(0, 25).map((name) => ({ name, value: name })) } };
}

export function json(statusCode: number, body: object): Output {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

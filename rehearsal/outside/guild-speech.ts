import { sign } from 'node:crypto';
import { COMMANDS, type CommandName } from '../../shared/discord/commands.ts';
import type { Commands, Right } from '../../shared/stage/compiled.ts';
import type { Scenario } from '../scenario.ts';
import { GUILD_KEY } from './guild-keys.ts';

type Person = Scenario['people'][number];

/** What people call in Discord what they say to a function. */
const NAMES: Partial<Record<Person['act'], CommandName>> = {
  ...{ start: 'start', stop: 'stop', keep: 'extend', skip: 'skip', pause: 'pause', resume: 'resume', look: 'status' },
};

/**
 * What a person types; undefined for what is pressed.
 *
 * @source https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-data-structure
 */
export function commandOf({ act, workload, until, why }: Person): object | undefined {
  const name = NAMES[act];
  if (!name) return undefined;
  const { needs, takes } = COMMANDS[name];
  const options = Object.entries({ workload, why, until }).flatMap(([option, value]) =>
    value !== undefined && [...needs, ...takes].some((known) => known === option)
      ? [{ name: option, type: 3, value }]
      : [],
  );
  return { id: '1', type: 1, name, options };
}

/** The role that a person has: the one that is said, or the first that may do it. */
export function roleOf({ act, role }: Person, { roles }: Commands): string {
  const right = (NAMES[act] ?? act) as Right;
  return role ?? Object.keys(roles).find((id) => roles[id]?.includes(right)) ?? '';
}

/** What Discord sends, as the HTTP API hands it over. @param at milliseconds since the epoch */
export function signedEvent(body: string, at: number): object {
  const timestamp = String(Math.floor(at / 1000));
  const headers = {
    ...{ 'content-type': 'application/json', 'x-signature-timestamp': timestamp },
    'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), GUILD_KEY).toString('hex'),
  };
  return { version: '2.0', routeKey: 'POST /discord', headers, body, isBase64Encoded: false };
}

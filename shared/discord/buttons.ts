import { createHash } from 'node:crypto';
import { type CommandName, isCommand } from './commands.ts';

/** A button as Discord takes it. @source https://docs.discord.com/developers/components/reference#button */
export interface Button {
  type: 2;
  style: 1 | 2 | 3 | 4;
  label: string;
  custom_id: string;
}

export const STYLE = { primary: 1, secondary: 2, success: 3, danger: 4 } as const;

/** What a pressed button means. A name or a key has no slash. */
export type Pressed =
  | { what: 'confirm' | 'cancel'; command: CommandName; id: string }
  | { what: 'acknowledge'; workload: string; incident: string }
  | { what: 'approve'; workload: string; run: string; rung: string };

/** As much as an id of a button may hold. */
const ID_LENGTH = 100;

/** A row of buttons; one whose id is longer than Discord takes would cost the whole message, and is left out. */
export function rowOf(buttons: { means: Pressed; label: string; style: keyof typeof STYLE }[]): object[] {
  const components = buttons
    .map(({ means, label, style }): Button => ({ type: 2, style: STYLE[style], label, custom_id: idOf(means) }))
    .filter(({ custom_id: id }) => id.length <= ID_LENGTH);
  return components.length > 0 ? [{ type: 1, components }] : [];
}

export function idOf(means: Pressed): string {
  if (means.what === 'acknowledge') return `acknowledge/${means.workload}/${means.incident}`;
  if (means.what === 'approve') return `approve/${means.workload}/${means.run}/${means.rung}`;
  return `${means.what}/${means.command}/${means.id}`;
}

/** What a button means by its id; undefined for one that none of ours has. */
export function meaningOf(id: string): Pressed | undefined {
  const [what, first = '', second = '', third = '', ...more] = id.split('/');
  if (more.length > 0 || !first || !second) return undefined;
  if (what === 'approve') return third ? { what, workload: first, run: second, rung: third } : undefined;
  if (third) return undefined;
  if (what === 'acknowledge') return { what, workload: first, incident: second };
  if ((what !== 'confirm' && what !== 'cancel') || !isCommand(first)) return undefined;
  return { what, command: first, id: second };
}

/** An incident's cause, which has any length, as a part of an id. */
export function incidentOf(cause: string): string {
  return createHash('sha256').update(cause).digest('hex').slice(0, 16);
}

import { asError } from '../../../shared/errors.ts';
import { conceal } from '../../../shared/stage/secrets.ts';

/** What the doctor has found about one thing, and how to mend it where that is needed. */
export interface Finding {
  about: string;
  /** `note`: nothing is wrong, and it is worth knowing. */
  level: 'ok' | 'note' | 'warning' | 'error';
  found: string;
  mend?: string;
}

export const ok = (about: string, found: string): Finding => ({ about, level: 'ok', found });
export const note = (about: string, found: string, mend?: string): Finding => made(about, 'note', found, mend);
export const warning = (about: string, found: string, mend: string): Finding => made(about, 'warning', found, mend);
export const error = (about: string, found: string, mend: string): Finding => made(about, 'error', found, mend);

function made(about: string, level: Finding['level'], found: string, mend: string | undefined): Finding {
  return { about, level, found, ...(mend && { mend }) };
}

/** Looks at one thing. What could not be looked at is a finding too, and keeps nobody from looking at the next. */
export async function looked(about: string, look: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    return [await look()].flat();
  } catch (thrown) {
    const { name, message } = asError(thrown);
    const isDenied = /AccessDenied|Unauthorized|Forbidden|^403$/i.test(`${name} ${message}`);
    const mend = isDenied ? 'look with credentials that may, or allow these to' : 'try again';
    return [warning(about, `could not be looked at: ${name}: ${conceal(message.split('\n')[0] ?? '')}`, mend)];
  }
}

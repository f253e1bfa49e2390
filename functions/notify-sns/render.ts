import type { Message } from '../../shared/messages/message.ts';
import { PLAIN, textOf } from '../../shared/messages/text.ts';
import { cut } from '../../shared/messages/texts.ts';
import { view } from '../../shared/messages/view.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

/** What a message of SNS holds is 256 kB, its attributes included. */
const MAIL_BYTES = 250_000;
const TITLE_BYTES = 1000;
/** Fewer than 100 characters, without line breaks; printable ASCII is what every version of SNS has taken. */
const SUBJECT = 99;

/**
 * What one text message holds: 140 bytes. A character beyond ASCII makes the phone network send all in UCS-2, two bytes
 * a unit; so do `…` and the backtick, while brackets, braces, ^, ~, | and \ take two places.
 *
 * @source https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-character.html
 */
const SMS_BYTES = 140;

const TEXT = {
  ...PLAIN,
  strong: (text: string) => text,
  heading: (text: string) => `${text}:`,
  link: ({ label, url }: { label: string; url: string }) => `${label}: ${url}`,
  links: '\n',
  size: bytes,
  length: bytes,
};

/** A message as an e-mail. */
export function renderMail(message: Message, stage: CompiledStage): { subject: string; text: string } {
  const seen = view(message, stage);
  const title = cut(seen.title, TITLE_BYTES, '…', bytes);
  const where = cut(`${seen.where} · ${seen.time}`, TITLE_BYTES, '…', bytes);
  const room = MAIL_BYTES - bytes(`${title}\n\n\n\n${where}`);
  return { subject: subject(message), text: [title, textOf(seen, TEXT, room), where].filter(Boolean).join('\n\n') };
}

/** A message as one text message, with no room for a link. */
export function renderSms(message: Message, stage: CompiledStage): string {
  const { notice, incident, because } = message;
  const { title, words } = view(message, stage);
  const why = because ? `${words.because.short[because.what]}, ` : '';
  // A title that begins with it says how bad it is by itself.
  const howBad = incident?.state === 'resolved' ? '' : `${words.severities[notice.severity]}: `;
  const text = [`${why}${howBad}${ascii(title)} (${notice.stage})`, ...notice.lines].join('\n');
  const isPlain = /^[\n\x20-\x5a_a-z]*$/.test(text);
  return isPlain ? cut(text, SMS_BYTES, '...') : cut(text, SMS_BYTES, '…', ({ length }) => 2 * length);
}

/** Where the title is not in ASCII: how bad, of what, and what is wrong. */
function subject({ notice, incident }: Message): string {
  const { title, workload, cause, run = '', severity } = notice;
  const state = incident?.state === 'resolved' || incident?.state === 'flapping' ? incident.state : severity;
  const oneLine = title.replace(/\s+/g, ' ').trim();
  const what = /^[\x20-\x7e]+$/.test(oneLine) ? oneLine : `${workload} ${cause ?? run}`.trim();
  const count = incident && incident.count > 1 && state !== 'resolved' ? ` x${incident.count}` : '';
  return cut(`[${state}] ${what.replace(/[^\x20-\x7e]+/g, '?')}${count}`, SUBJECT, '...');
}

/** The sign of multiplication alone would halve what a text message holds. */
function ascii(title: string): string {
  return title.replaceAll('×', 'x');
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

import type { Notice } from '../../shared/notices.ts';
import { consoleLink, cut } from '../../shared/texts.ts';

const SIGNS = { info: '🔵', success: '🟢', warning: '🟡', critical: '🔴' };

/**
 * A message has at most 50 blocks, of which we use three. All blocks together may have about 13,200 characters, which
 * no documentation says.
 *
 * @source https://docs.slack.dev/reference/block-kit/blocks/header-block, …/section-block, and
 *   https://github.com/slackapi/bolt-js/issues/2509
 */
const HEADER = 150;
const SECTION = 3000;
const CONTEXT = 256;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A notice as the body of a Slack webhook, in Block Kit; nobody is mentioned, whatever the text says. */
export function render(notice: Notice) {
  const { title, lines, severity, workload, stage, at } = notice;
  const link = consoleLink(notice);
  const heading = cut(`${SIGNS[severity]} ${title}`, HEADER);
  // Escaping makes a text longer, and a cut must not divide `&amp;`: measured escaped, cut as it was, then escaped.
  const escapedLength = (text: string) => escaped(text).length;
  const whole = lines.join('\n');
  const room = SECTION - (link ? `\n<${link}|The whole>`.length : 0);
  const text = escapedLength(whole) <= SECTION ? whole : cut(whole, room, '…', escapedLength);
  const more = link && text !== whole ? `\n<${link}|The whole>` : '';
  const where = escaped(cut(`${severity} · ${workload} · ${stage} · ${at}`, CONTEXT));
  return {
    // What a phone's notification shows.
    text: escaped(heading),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: heading, emoji: false } },
      // Slack refuses an empty section. Verbatim: names are not made links and mentions.
      ...(text.trim() ? [{ type: 'section', text: mrkdwn(escaped(text) + more) }] : []),
      { type: 'context', elements: [mrkdwn(link ? `${where} · <${link}|console>` : where)] },
    ],
  };
}

function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** @source https://api.slack.com/reference/surfaces/formatting */
function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? '');
}

import type { Message } from '../../shared/messages/message.ts';
import { PLAIN, textOf } from '../../shared/messages/text.ts';
import { cut } from '../../shared/messages/texts.ts';
import { view } from '../../shared/messages/view.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

const SIGNS = { info: '🔵', success: '🟢', warning: '🟡', critical: '🔴', flapping: '⚪' };

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

const MRKDWN = {
  ...PLAIN,
  escape: escaped,
  strong: (text: string) => `*${text}*`,
  heading: (text: string) => `*${text}*`,
  link: ({ label, url }: { label: string; url: string }) => `<${escaped(url)}|${label}>`,
  links: ' · ',
  // Escaping makes a text longer, and a cut must not divide `&amp;`: measured escaped, cut as it was, then escaped.
  size: (text: string) => escaped(text).length,
};

/** A message as the body of a Slack webhook, in Block Kit; nobody is mentioned, whatever the text says. */
export function render(message: Message, stage: CompiledStage) {
  const seen = view(message, stage);
  const heading = cut(`${SIGNS[seen.tone]} ${seen.title}`, HEADER);
  const text = textOf(seen, MRKDWN, SECTION);
  return {
    // What a phone's notification shows.
    text: escaped(heading),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: heading, emoji: false } },
      // Slack refuses an empty section. Verbatim: names are not made links and mentions.
      ...(text.trim() ? [{ type: 'section', text: mrkdwn(text) }] : []),
      { type: 'context', elements: [mrkdwn(escaped(cut(`${seen.where} · ${seen.time}`, CONTEXT)))] },
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

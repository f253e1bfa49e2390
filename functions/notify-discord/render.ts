import type { Notice } from '../../shared/notices.ts';
import { consoleLink, cut } from '../../shared/texts.ts';

const COLOURS = { info: 0x3498db, success: 0x2ecc71, warning: 0xf1c40f, critical: 0xe74c3c };

/**
 * A message has at most 2000 characters of content, of which we use none, and 10 embeds, of which we use one. An embed
 * has at most 25 fields, of which we use none, and the texts of all embeds together at most 6000 characters, which
 * these three stay under.
 *
 * @source https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 */
const TITLE = 256;
const DESCRIPTION = 4096;
const FOOTER = 256;

/** A notice as the body of a Discord webhook; nobody is mentioned, whatever the text says. */
export function render(notice: Notice) {
  const { title, lines, severity, workload, stage, at } = notice;
  const url = consoleLink(notice);
  return {
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: cut(title, TITLE),
        ...(url && { url }),
        description: cut(lines.join('\n'), DESCRIPTION, url ? `…\n[The whole](${url})` : '…'),
        color: COLOURS[severity],
        timestamp: at,
        footer: { text: cut(`${severity} · ${workload} · ${stage}`, FOOTER) },
      },
    ],
  };
}

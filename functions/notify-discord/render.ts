import type { Message } from '../../shared/messages/message.ts';
import { PLAIN, textOf } from '../../shared/messages/text.ts';
import { cut } from '../../shared/messages/texts.ts';
import { type View, view } from '../../shared/messages/view.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';

/** What goes up and down is neither good nor bad. */
const COLOURS = { info: 0x3498db, success: 0x2ecc71, warning: 0xf1c40f, critical: 0xe74c3c, flapping: 0x95a5a6 };

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

const MARKDOWN = {
  ...PLAIN,
  strong: (text: string) => `**${text}**`,
  heading: (text: string) => `**${text}**`,
  link: ({ label, url }: { label: string; url: string }) => `[${label}](${url})`,
  links: ' · ',
};

/**
 * A message as the body of a Discord webhook; nobody is mentioned, whatever the text says.
 *
 * @param picture the name of the image that is posted with it; without one, an edit takes none away
 */
export function render(message: Message, stage: CompiledStage, picture?: string) {
  const seen = view(message, stage);
  const [first] = seen.links;
  return {
    allowed_mentions: { parse: [] },
    ...(picture !== undefined && { attachments: [{ id: 0, filename: picture, description: altOf(message, seen) }] }),
    embeds: [
      {
        title: cut(seen.title, TITLE),
        ...(first && { url: first.url }),
        description: textOf(seen, MARKDOWN, DESCRIPTION),
        color: COLOURS[seen.tone],
        timestamp: message.notice.at,
        ...(picture !== undefined && { image: { url: `attachment://${picture}` } }),
        footer: { text: cut(seen.where, FOOTER) },
      },
    ],
  };
}

/** What the picture shows, for who cannot see it. */
function altOf({ notice: { picture } }: Message, { words }: View): string {
  return words.message.picture(picture?.month ?? '');
}

/** What one text of people's channels says, told from how the channel writes it. */

/** Each channel cuts titles at its own length: this much of them is in every one. */
const TITLE = 40;

/** All texts of a body, as they can be searched. */
export function textOf(body: unknown): string {
  return plain(textsOf(body).join(' '));
}

/** What has to be found of a title, in any channel. */
export function keyOf(title: string): string {
  return plain([...title].slice(0, TITLE).join(''));
}

/** What stands first and largest in a body: the title of an embed, of a card, the subject of a mail. */
export function titleOf(body: unknown): string {
  const known = (body ?? {}) as Partial<{
    embeds: { title?: string }[];
    attachments: { content?: { body?: { text?: string }[] } }[];
    title: string;
    text: string;
    subject: string;
  }>;
  const { embeds, attachments, title, subject, text = '' } = known;
  const card = attachments?.[0]?.content?.body?.[0]?.text;
  // A subject is ASCII alone; a mail begins with its title.
  const line = text.split('\n')[0] ?? '';
  return embeds?.[0]?.title ?? card ?? title ?? (line || subject || '');
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** Letters and digits alone: each channel escapes the rest in a way of its own. */
function plain(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, '').replace(/[^\p{L}\p{N}]+/gu, '');
}

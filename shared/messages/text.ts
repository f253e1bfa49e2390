import type { Link } from '../notices/notice.ts';
import { shareOut } from './texts.ts';
import type { View } from './view.ts';

/** How a channel writes. */
export interface Markup {
  escape(text: string): string;
  strong(text: string): string;
  heading(text: string): string;
  link(link: Link): string;
  newline: string;
  paragraph: string;
  /** Between links; undefined where they are shown elsewhere than in the text. */
  links?: string;
  /** What a text takes of the limit before it is escaped, and what the whole takes as it is sent. */
  size(text: string): number;
  length(text: string): number;
}

/** Channels that take text as it is. */
export const PLAIN = {
  escape: (text: string) => text,
  newline: '\n',
  paragraph: '\n\n',
  size: ({ length }: string) => length,
  length: ({ length }: string) => length,
};

/**
 * The text of a message under its title: why it comes, what happened, what was done, what is to be done, what was said
 * before, and where more can be read. Where it is too long each part is cut as little as may be, and a link leads to the
 * whole.
 */
export function textOf({ words, status, parts, links }: View, markup: Markup, limit: number): string {
  const texts = [status.join(' · '), ...parts.map(({ lines }) => lines.join(markup.newline))];
  const layout = (inner: string[], isCut: boolean) => {
    const [how = '', ...told] = inner.map(markup.escape);
    const whole = isCut && links[0] ? [{ ...links[0], label: words.message.whole }] : [];
    const below = [...whole, ...(markup.links === undefined ? [] : links)].map(markup.link);
    return [
      ...(status.length > 0 ? [markup.strong(how)] : []),
      ...told.map((text, index) => {
        const heading = parts[index]?.heading;
        return heading ? `${markup.heading(heading)}${markup.newline}${text}` : text;
      }),
      ...(below.length > 0 ? [below.join(markup.links)] : []),
    ].join(markup.paragraph);
  };
  const all = layout(texts, false);
  if (markup.length(all) <= limit) return all;
  const frame = layout(
    texts.map(() => ''),
    true,
  );
  return layout(shareOut(texts, limit - markup.length(frame), markup.size), true);
}

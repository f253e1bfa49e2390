import type { render } from '../../functions/notify-discord/render.ts';
import { lamp, type Piece, paragraph, picture, text } from './svg.ts';
import { MARKDOWN, runsOf, widthOf } from './text.ts';

const WIDTH = 760;
const LEFT = 72;
const INNER = 600;

const DARK = { colour: '#dbdee1', link: '#00a8fc' };

/** Messages as Discord shows them, one below the other. */
export function discordPicture(messages: ReturnType<typeof render>[]): string {
  let bottom = 12;
  const pieces = messages.map((message) => {
    const piece = messageAt(message, bottom);
    bottom = piece.bottom + 18;
    return piece.svg;
  });
  return picture(WIDTH, bottom, '#313338', 'Notices of Lamplighter in Discord', pieces.join('\n'));
}

function messageAt({ embeds: [embed] }: ReturnType<typeof render>, top: number): Piece {
  if (!embed) return { svg: '', bottom: top };
  const begin = top + 30;
  const x = LEFT + 16;
  const title = paragraph([[{ text: embed.title, isLink: 'url' in embed }]], x, begin + 10, INNER, {
    ...{ size: 16, isBold: true },
    ...DARK,
  });
  const lines = embed.description.split('\n').map((line) => runsOf(line, MARKDOWN));
  const body = paragraph(lines, x, title.bottom + 4, INNER, { size: 14, ...DARK });
  const footer = `${embed.footer.text}  •  ${embed.timestamp.slice(0, 16).replace('T', ' ')}`;
  const below = paragraph([[{ text: footer }]], x, body.bottom + 6, INNER, { size: 12, colour: '#b5bac1', link: '' });
  const bottom = below.bottom + 10;
  const colour = `#${embed.color.toString(16).padStart(6, '0')}`;
  return {
    bottom,
    svg: [
      lamp(16, top + 4, 40, 20),
      text([{ text: 'Lamplighter' }], LEFT, top + 20, { size: 15, colour: '#f2f3f5', link: '', isBold: true }),
      badge(LEFT + widthOf('Lamplighter', 15, true) + 16, top + 8),
      `<rect x="${LEFT}" y="${begin}" width="${INNER + 40}" height="${bottom - begin}" rx="4" fill="#2b2d31"/>`,
      `<rect x="${LEFT}" y="${begin}" width="4" height="${bottom - begin}" rx="2" fill="${colour}"/>`,
      ...[title.svg, body.svg, below.svg],
    ].join('\n'),
  };
}

function badge(x: number, y: number): string {
  const label = text([{ text: 'APP' }], x + 5, y + 11, { size: 10, colour: '#fff', link: '', isBold: true });
  return `<rect x="${x}" y="${y}" width="31" height="15" rx="4" fill="#5865f2"/>\n${label}`;
}

import type { render } from '../../functions/notify-slack/render.ts';
import { lamp, type Piece, paragraph, picture, type Style, text } from './svg.ts';
import { MRKDWN, type Run, runsOf, widthOf } from './text.ts';

const WIDTH = 760;
const LEFT = 66;
const INNER = 660;

const LIGHT = { colour: '#1d1c1d', link: '#1264a3' };
const STYLES: Record<string, Style> = {
  header: { size: 18, isBold: true, ...LIGHT },
  section: { size: 15, ...LIGHT },
  context: { size: 13, colour: '#616061', link: '#1264a3' },
};

/** The signs before a title, drawn, since not every font has them. */
const SIGNS: Record<string, string> = {
  '🔵': '#3b82f6',
  '🟢': '#22c55e',
  '🟡': '#f5c518',
  '🔴': '#dc2626',
  '⚪': '#9ca3af',
};

interface Block {
  type: string;
  text?: { text: string };
  elements?: { text: string }[];
}

/** Messages as Slack shows them, one below the other. */
export function slackPicture(messages: ReturnType<typeof render>[]): string {
  let bottom = 14;
  const pieces = messages.map(({ blocks }) => {
    const piece = messageAt(blocks as Block[], bottom);
    bottom = piece.bottom + 20;
    return piece.svg;
  });
  return picture(WIDTH, bottom, '#ffffff', 'Notices of Lamplighter in Slack', pieces.join('\n'));
}

function messageAt(blocks: Block[], top: number): Piece {
  const out = [
    lamp(16, top + 2, 38, 8),
    text([{ text: 'Lamplighter' }], LEFT, top + 15, { size: 15, isBold: true, ...LIGHT }),
    badge(LEFT + widthOf('Lamplighter', 15, true) + 16, top + 3),
  ];
  let bottom = top + 20;
  for (const block of blocks) {
    const piece = blockAt(block, bottom + 6);
    out.push(piece.svg);
    bottom = piece.bottom;
  }
  return { svg: out.join('\n'), bottom };
}

function blockAt({ type, text: own, elements = [] }: Block, top: number): Piece {
  const style = STYLES[type] ?? { size: 15, ...LIGHT };
  const written = own?.text ?? elements.map(({ text }) => text).join(' ');
  if (type !== 'header') return paragraph(written.split('\n').map(linesOf), LEFT, top, INNER, style);
  const [sign = '', ...words] = written.split(' ');
  const piece = paragraph([[{ text: words.join(' ') }]], LEFT + 24, top, INNER, style);
  return {
    ...piece,
    svg: `<circle cx="${LEFT + 8}" cy="${top + 13}" r="8" fill="${SIGNS[sign] ?? '#9ca3af'}"/>\n${piece.svg}`,
  };
}

function linesOf(line: string): Run[] {
  const shown = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return runsOf(line, MRKDWN).map((run) => ({ ...run, text: shown(run.text) }));
}

function badge(x: number, y: number): string {
  const label = text([{ text: 'APP' }], x + 5, y + 11, { size: 10, colour: '#616061', link: '', isBold: true });
  return `<rect x="${x}" y="${y}" width="31" height="15" rx="3" fill="#e8e8e8"/>\n${label}`;
}

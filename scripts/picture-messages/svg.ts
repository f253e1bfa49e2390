import { type Run, wrapped } from './text.ts';

/** Whatever the reader has; nothing is loaded. */
const FONTS =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif";

export interface Style {
  size: number;
  colour: string;
  link: string;
  isBold?: boolean;
}

/** A piece of a picture, and how far down it reaches. */
export interface Piece {
  svg: string;
  bottom: number;
}

export function picture(width: number, height: number, background: string, title: string, content: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONTS}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${background}"/>`,
    content,
    '</svg>\n',
  ].join('\n');
}

/** Lines of text, broken where they are too long; an empty line is half as high. */
export function paragraph(lines: Run[][], x: number, top: number, width: number, style: Style): Piece {
  const height = Math.round(style.size * 1.45);
  const out: string[] = [];
  let bottom = top;
  for (const line of lines.flatMap((runs) => (runs.length > 0 ? wrapped(runs, width, style.size) : [[]]))) {
    bottom += line.length > 0 ? height : Math.round(height / 2);
    if (line.length > 0) out.push(text(line, x, bottom - Math.round(style.size * 0.4), style));
  }
  return { svg: out.join('\n'), bottom };
}

export function text(runs: Run[], x: number, y: number, { size, colour, link, isBold }: Style): string {
  const spans = runs.map(({ text, isLink, ...run }) => {
    const weight = isBold || run.isBold ? ' font-weight="600"' : '';
    return `<tspan fill="${isLink ? link : colour}"${weight}>${escaped(text)}</tspan>`;
  });
  return `<text x="${x}" y="${y}" font-size="${size}" xml:space="preserve">${spans.join('')}</text>`;
}

/** A lamp: the picture of the one who speaks. */
export function lamp(x: number, y: number, size: number, radius: number): string {
  const [cx, cy] = [x + size / 2, y + size / 2];
  return [
    `<rect x="${x}" y="${y}" width="${size}" height="${size}" rx="${radius}" fill="#26324a"/>`,
    `<circle cx="${cx}" cy="${cy - size * 0.06}" r="${size * 0.2}" fill="#ffd166"/>`,
    `<rect x="${cx - size * 0.09}" y="${cy + size * 0.17}" width="${size * 0.18}" height="${size * 0.12}" rx="2" fill="#c9d1d9"/>`,
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

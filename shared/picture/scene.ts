import { glyph, LETTER } from './font.ts';

/** A rectangle in whole pixels; the colour is an index of the scene's palette. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
  colour: number;
}

/** A picture as rectangles, the later ones over the earlier: letters too, so that it needs no font. */
export interface Scene {
  width: number;
  height: number;
  /** `#rrggbb`; the first is the background. */
  palette: string[];
  rects: Rect[];
}

export interface Text {
  x: number;
  /** The top of the letters. */
  y: number;
  /** Pixels of a dot. */
  dot: number;
  colour: number;
  /** Which part of the text is at x. */
  at?: 'start' | 'middle' | 'end';
}

/** How wide a text is, in pixels. */
export function widthOf(text: string, dot: number): number {
  return Math.max(0, text.length * LETTER.advance - 1) * dot;
}

/** A text in letters of dots: neighbouring dots of a row are one rectangle. */
export function text(content: string, { x, y, dot, colour, at = 'start' }: Text): Rect[] {
  const left = Math.round(x - { start: 0, middle: 0.5, end: 1 }[at] * widthOf(content, dot));
  return [...content].flatMap((sign, place) =>
    glyph(sign).flatMap((bits, row) =>
      runsOf(bits).map(({ from, length }) => ({
        x: left + (place * LETTER.advance + from) * dot,
        y: y + row * dot,
        width: length * dot,
        height: dot,
        colour,
      })),
    ),
  );
}

function runsOf(bits: number): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = [];
  for (let column = 0; column < LETTER.width; column++) {
    if (!(bits & (1 << (LETTER.width - 1 - column)))) continue;
    const last = runs.at(-1);
    if (last && last.from + last.length === column) last.length++;
    else runs.push({ from: column, length: 1 });
  }
  return runs;
}

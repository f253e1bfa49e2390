import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { MonthPicture } from '../../../shared/notices/notice.ts';
import { monthScene } from '../../../shared/picture/month.ts';
import { pngOf } from '../../../shared/picture/png.ts';
import { type Scene, text, widthOf } from '../../../shared/picture/scene.ts';
import { svgOf } from '../../../shared/picture/svg.ts';

/** The pixels of a PNG of ours, by the colours of its palette: only what the specification says is read. */
function pixelsOf(png: Uint8Array): { width: number; height: number; at: (x: number, y: number) => string } {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const chunks: Record<string, Buffer> = {};
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks[bytes.subarray(at + 4, at + 8).toString()] = bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
  const { IHDR = Buffer.alloc(0), PLTE = Buffer.alloc(0), IDAT = Buffer.alloc(0) } = chunks;
  const [width, height] = [IHDR.readUInt32BE(0), IHDR.readUInt32BE(4)];
  const raw = inflateSync(IDAT);
  expect(raw.length).toBe((width + 1) * height);
  return {
    ...{ width, height },
    at: (x, y) => {
      const colour = raw[y * (width + 1) + 1 + x] ?? 0;
      return `#${PLTE.subarray(colour * 3, colour * 3 + 3).toString('hex')}`;
    },
  };
}

const scene = (rects: Scene['rects']): Scene => ({
  width: 10,
  height: 8,
  palette: ['#000000', '#ff0000', '#00ff00'],
  rects,
});

describe('a scene as a PNG', () => {
  test('rectangles, the later over the earlier - the pixels that they cover', () => {
    const { width, height, at } = pixelsOf(
      pngOf(
        scene([
          { x: 1, y: 1, width: 4, height: 3, colour: 1 },
          { x: 3, y: 2, width: 4, height: 1, colour: 2 },
        ]),
      ),
    );
    expect([width, height]).toEqual([10, 8]);
    expect([at(0, 0), at(1, 1), at(4, 3), at(5, 3), at(3, 2), at(6, 2), at(7, 2)]).toEqual([
      ...['#000000', '#ff0000', '#ff0000', '#000000', '#00ff00', '#00ff00', '#000000'],
    ]);
  });

  test('what lies outside - is cut off, and overwrites nothing', () => {
    const { at } = pixelsOf(
      pngOf(
        scene([
          { x: -5, y: -5, width: 6, height: 6, colour: 1 },
          { x: 9, y: 7, width: 40, height: 40, colour: 2 },
          { x: 30, y: 2, width: 4, height: 1, colour: 2 },
          { x: -9, y: 3, width: 4, height: 1, colour: 2 },
        ]),
      ),
    );
    expect([at(0, 0), at(1, 0), at(9, 7), at(8, 7), at(0, 2), at(9, 2), at(0, 3)]).toEqual([
      ...['#ff0000', '#000000', '#00ff00', '#000000', '#000000', '#000000', '#000000'],
    ]);
  });
});

test('letters - of dots, from the left, in the middle and from the right', () => {
  const dots = (at: 'start' | 'middle' | 'end') => text('1', { x: 20, y: 0, dot: 2, colour: 1, at });
  expect(widthOf('11', 2)).toBe(22);
  expect(Math.min(...dots('start').map(({ x }) => x))).toBe(22);
  expect(Math.min(...dots('end').map(({ x }) => x))).toBe(12);
  expect(dots('start').map(({ y }) => y)).toEqual([0, 2, 4, 6, 8, 10, 12]);
  expect(text('가 ', { x: 0, y: 0, dot: 1, colour: 1 })).toEqual([]);
});

describe('the picture of a month', () => {
  const month = (picture: Partial<MonthPicture> = {}): MonthPicture => ({
    month: '2026-11',
    days: [
      { day: '2026-11-01', workloads: { nightly: { hours: 12, usd: 1 }, office: { hours: 12, usd: 0 } } },
      { day: '2026-11-30', workloads: { nightly: { hours: 24, usd: 4 } } },
    ],
    ...picture,
  });
  const COLOURS = ['#4fa3ff', '#5bd28a'];
  /** How high the bars of a day are, in pixels by their colour, between two heights. */
  const bars = (picture: MonthPicture, day: number, [top, bottom]: [number, number]) => {
    const { at } = pixelsOf(pngOf(monthScene(picture)));
    const x = 116 + Math.round((day - 0.5) * (900 / 30));
    const column = Array.from({ length: bottom - top }, (_, index) => at(x, top + index));
    return COLOURS.map((colour) => column.filter((found) => found === colour).length);
  };
  const HOURS: [number, number] = [176, 366];
  const SPEND: [number, number] = [446, 586];

  test('hours - half a day is half as high as a day, one workload above the other', () => {
    expect(bars(month(), 1, HOURS)).toEqual([95, 95]);
    expect(bars(month(), 30, HOURS)).toEqual([190, 0]);
    expect(bars(month(), 15, HOURS)).toEqual([0, 0]);
  });

  test('spending - on a scale of its own; a limit near it is a line, one far above is not', () => {
    expect(bars(month(), 30, SPEND)).toEqual([112, 0]);
    const red = (limit: number) => monthScene(month({ limit })).rects.filter(({ colour }) => colour === 10);
    expect(red(5)).toHaveLength(1);
    expect(red(500)).toEqual([]);
  });

  test('a month of which nothing was spent, and one with more workloads than colours - are drawn', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`workload-${n}`, { hours: 1, usd: 0 }]));
    const scene = monthScene(month({ days: [{ day: '2026-11-01', workloads: many }] }));
    for (const { x, y, width, height, colour } of scene.rects) {
      expect([x, y, width, height].every(Number.isInteger)).toBe(true);
      expect(scene.palette[colour]).toMatch(/^#[0-9a-f]{6}$/);
      expect(x >= 0 && x + width <= scene.width && y >= 0 && y + height <= scene.height).toBe(true);
    }
  });

  test('a picture - small, and the same again', () => {
    const one = pngOf(monthScene(month()));
    expect(one.length).toBeLessThan(10_000);
    expect(Buffer.from(one).equals(Buffer.from(pngOf(monthScene(month()))))).toBe(true);
  });

  test('as an SVG - the same rectangles, and nothing from elsewhere', () => {
    const svg = svgOf(monthScene(month()), 'a & b');
    expect(svg).toContain('<title>a &amp; b</title>');
    expect(svg.match(/M\d+ \d+h/g)).toHaveLength(monthScene(month()).rects.length);
    expect(svg).not.toMatch(/(href|src|url\(|@import|<image|<script|<text)/);
  });
});

import type { Scene } from './scene.ts';

/** Loaded when something is drawn, not when a function starts. */
const zlib = () => process.getBuiltinModule('node:zlib');

/**
 * A scene as a PNG: eight bits a pixel, by its palette.
 *
 * @source https://www.w3.org/TR/png-3/, 5.3 chunk layout, 11.2 critical chunks
 */
export function pngOf({ width, height, palette, rects }: Scene): Uint8Array {
  // Each line begins with the number of its filter: none.
  const line = width + 1;
  const pixels = Buffer.alloc(line * height);
  for (const rect of rects)
    for (let y = Math.max(0, rect.y); y < Math.min(height, rect.y + rect.height); y++)
      pixels.fill(
        rect.colour,
        y * line + 1 + Math.max(0, rect.x),
        y * line + 1 + Math.min(width, Math.max(0, rect.x + rect.width)),
      );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.map((colour) => colour.slice(1)).join(''), 'hex')),
    chunk('IDAT', zlib().deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + named.length);
  frame.writeUInt32BE(data.length, 0);
  frame.set(named, 4);
  frame.writeUInt32BE(zlib().crc32(named), 4 + named.length);
  return frame;
}

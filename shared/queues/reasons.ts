import type { Reading } from './reading.ts';

const MOST = 5;
const LONGEST = 200;

/**
 * Why jobs failed, the most frequent first. What differs only in numbers is one reason, told by its first example, in
 * one line, without the passwords and queries of addresses that are in it.
 */
export function topReasons(texts: string[]): Reading['reasons'] {
  const found = new Map<string, { reason: string; times: number }>();
  for (const text of texts) {
    const reason = plain(text);
    const kind = reason.replace(/\d+/g, '0');
    const known = found.get(kind);
    if (known) known.times++;
    else found.set(kind, { reason, times: 1 });
  }
  return [...found.values()].sort((a, b) => b.times - a.times).slice(0, MOST);
}

function plain(text: string): string {
  const line = text
    .replace(/\/\/[^\s/@]+@/g, '//…@')
    .replace(/(:\/\/[^\s?]+)\?[^\s"')]+/g, '$1?…')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** What a text takes of a limit; of two texts together it must be no more than of each. */
type Size = (text: string) => number;

/**
 * Cuts between characters as people see them, never inside one.
 *
 * @param limit in what `size` counts, UTF-16 units without it
 * @param end what a text that was cut ends with; it is within the limit too
 */
export function cut(text: string, limit: number, end = '…', size: Size = ({ length }) => length): string {
  if (size(text) <= limit) return text;
  let taken = size(end);
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    taken += size(segment);
    if (taken > limit) return text.slice(0, index) + end;
  }
  return text;
}

/**
 * Cuts texts that share one limit: short ones are whole, the long ones share what is left, so that a long one does not
 * cost the others.
 */
export function shareOut(texts: string[], limit: number, size: Size = ({ length }) => length): string[] {
  const sizes = texts.map(size);
  const shares = new Map<number, number>();
  let left = limit;
  const smallFirst = [...sizes.keys()].sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0));
  for (const [nth, index] of smallFirst.entries()) {
    const share = Math.min(sizes[index] ?? 0, Math.floor(left / (texts.length - nth)));
    shares.set(index, share);
    left -= share;
  }
  return texts.map((text, index) => cut(text, shares.get(index) ?? 0, '…', size));
}

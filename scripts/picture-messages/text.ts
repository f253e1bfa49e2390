/** A stretch of text in one style. */
export interface Run {
  text: string;
  isBold?: boolean;
  isLink?: boolean;
}

/** Marks of an app's writing, each with what it makes of what it encloses. */
export type Marks = [RegExp, (found: RegExpExecArray) => Run][];

export const MARKDOWN: Marks = [
  [/\*\*(.+?)\*\*/, ([, text = '']) => ({ text, isBold: true })],
  [/\[([^\]]+)\]\([^)]+\)/, ([, text = '']) => ({ text, isLink: true })],
];

export const MRKDWN: Marks = [
  [/\*([^*\n]+)\*/, ([, text = '']) => ({ text, isBold: true })],
  [/<[^|>]+\|([^>]+)>/, ([, text = '']) => ({ text, isLink: true })],
];

/** A line of text as its stretches. */
export function runsOf(line: string, marks: Marks): Run[] {
  const first = marks
    .map(([pattern, make]) => ({ found: pattern.exec(line), make }))
    .filter((mark): mark is { found: RegExpExecArray; make: (found: RegExpExecArray) => Run } => mark.found !== null)
    .sort((a, b) => a.found.index - b.found.index)[0];
  if (!first) return line ? [{ text: line }] : [];
  const { found, make } = first;
  const before = line.slice(0, found.index);
  return [
    ...(before ? [{ text: before }] : []),
    make(found),
    ...runsOf(line.slice(found.index + found[0].length), marks),
  ];
}

/** Breaks a line between words, or inside one that is longer than a line. */
export function wrapped(runs: Run[], width: number, size: number): Run[][] {
  const lines: Run[][] = [[]];
  let left = width;
  for (const { text, ...style } of runs)
    for (const word of text.split(/(?<=[ ,])|(?=\{)/)) {
      const takes = widthOf(word, size, style.isBold);
      if (takes > left && lines.at(-1)?.length) {
        lines.push([]);
        left = width;
      }
      lines.at(-1)?.push({ text: word, ...style });
      left -= takes;
    }
  return lines;
}

/** About how wide a text is, whatever font the reader has. */
export function widthOf(text: string, size: number, isBold = false): number {
  const ems = [...text].reduce((sum, character) => sum + (/[가-힣]/.test(character) ? 0.92 : emOf(character)), 0);
  return ems * size * (isBold ? 1.07 : 1);
}

function emOf(character: string): number {
  if (/[ilj.,:;'|!·]/.test(character)) return 0.28;
  if (/[mwMW@]/.test(character)) return 0.85;
  return /[A-Z]/.test(character) ? 0.66 : 0.54;
}

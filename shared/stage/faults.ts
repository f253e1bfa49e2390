import { closest, distance } from 'fastest-levenshtein';
import { conceal } from './secrets.ts';

/** One thing wrong with a stage file. */
export interface Fault {
  path: (string | number)[];
  /** Where it is, when the path cannot tell. */
  line?: number;
  found: unknown;
  expected: string;
  mend: string;
}

/** A stage file that cannot be used. Its message is all that a person sees: every fault, each with a way to mend it. */
export class StageFileInvalid extends Error {
  override name = 'StageFileInvalid';
  readonly faults: Fault[];

  /**
   * @param file as the person named it
   * @param lineOf the line that a path is written on
   */
  constructor(file: string, faults: Fault[], lineOf: (path: Fault['path']) => number | undefined = () => undefined) {
    const inOrder = faults
      .map((fault) => ({ ...withoutSecrets(fault), line: fault.line ?? lineOf(fault.path) }))
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    super([headline(file, faults), ...inOrder.map((fault) => paragraph(file, fault))].join('\n\n'));
    this.faults = inOrder;
    // The framework prints the stack of what a resolver throws; the message is what helps.
    this.stack = this.message;
  }
}

/**
 * "did you mean …" for a word that is nearly one of the known ones.
 *
 * @param otherwise what to do when no known word is near
 */
export function didYouMean(word: string, known: readonly string[], otherwise: string = oneOf(known)): string {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `did you mean ${near}?`;
}

/** The same letters in another order, a letter in three that differs, or a part of a longer word. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const swapped = known.find((name) => letters(name) === letters(word));
  if (swapped !== undefined || known.length === 0) return swapped;
  const near = closest(word, known);
  if (distance(word, near) <= Math.max(1, Math.floor(word.length / 3))) return near;
  return word.length > 2 ? known.find((name) => name.toLowerCase().includes(word.toLowerCase())) : undefined;
}

function letters(word: string): string {
  return [...word.toLowerCase()].sort().join('');
}

function oneOf(known: readonly string[]): string {
  return known.length > 0 ? `use one of: ${known.join(', ')}` : 'there is none yet: add it';
}

/** A secret can stand anywhere, where a key is meant too. */
function withoutSecrets({ path, line, found, expected, mend }: Fault): Fault {
  return {
    path: path.map((part) => (typeof part === 'string' ? conceal(part) : part)),
    line,
    found: typeof found === 'string' ? conceal(found) : found,
    expected: conceal(expected),
    mend: conceal(mend),
  };
}

function headline(file: string, faults: Fault[]): string {
  return `${file} cannot be used: ${faults.length} ${faults.length === 1 ? 'error' : 'errors'}`;
}

function paragraph(file: string, { path, line, found, expected, mend }: Fault): string {
  return [
    `  ${line === undefined ? file : `${file}:${line}`}  ${place(path)}`.trimEnd(),
    `    found     ${found === undefined || found === null ? 'nothing' : excerpt(found)}`,
    `    expected  ${expected}`,
    `    mend      ${mend}`,
  ].join('\n');
}

function place(path: Fault['path']): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index ? `.${part}` : part)).join('');
}

function excerpt(found: unknown): string {
  const text = JSON.stringify(found) ?? String(found);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

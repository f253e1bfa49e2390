import { closest, distance } from 'fastest-levenshtein';

/** One thing wrong with a stage file. */
export interface Fault {
  path: (string | number)[];
  found: unknown;
  expected: string;
  mend: string;
}

/** A stage file that cannot be used. Its message is all that a person sees: every fault, each with a way to mend it. */
export class StageFileInvalid extends Error {
  override name = 'StageFileInvalid';
  readonly faults: Fault[];

  constructor(file: string, faults: Fault[], lineOf: (path: Fault['path']) => number | undefined = () => undefined) {
    super([headline(file, faults), ...faults.map((fault) => paragraph(file, fault, lineOf(fault.path)))].join('\n\n'));
    this.faults = faults;
    // The framework prints the stack of what a resolver throws; the message is what helps.
    this.stack = this.message;
  }
}

/** "did you mean …" for a word that is not among the known ones. */
export function didYouMean(word: string, known: string[]): string {
  const near = known.length > 0 ? closest(word, known) : undefined;
  if (near && distance(word, near) <= Math.max(2, word.length / 3)) return `did you mean ${near}?`;
  return known.length > 0 ? `use one of: ${known.join(', ')}` : 'there is none yet: add it';
}

function headline(file: string, faults: Fault[]): string {
  return `${file} cannot be used: ${faults.length} ${faults.length === 1 ? 'error' : 'errors'}`;
}

function paragraph(file: string, { path, found, expected, mend }: Fault, line: number | undefined): string {
  const place = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index ? `.${part}` : part))
    .join('');
  return [
    `  ${line === undefined ? file : `${file}:${line}`}  ${place || '(the whole file)'}`,
    `    found     ${found === undefined ? 'nothing' : excerpt(found)}`,
    `    expected  ${expected}`,
    `    mend      ${mend}`,
  ].join('\n');
}

function excerpt(found: unknown): string {
  const text = JSON.stringify(found) ?? String(found);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

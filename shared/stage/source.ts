import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import {
  type Document,
  type ErrorCode,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { didYouMean, type Fault, StageFileInvalid } from './faults.ts';

/** A stage file as it is written, before anything in it is judged. */
export interface Source {
  /** What the YAML says, `${env:…}` as it stands. */
  written: Record<string, unknown>;
  lineOf: (path: Fault['path']) => number | undefined;
}

const WHOLE = { path: [], expected: 'a stage file: region, timezone, notify, workloads' };

type Words = readonly [found: string, expected: string, mend: string];

/** Our words for what the parser finds; its own repeat parts of the file, and a secret may be among them. */
const SYNTAX: Partial<Record<ErrorCode, Words>> = {
  TAB_AS_INDENT: ['a tab', 'spaces', 'indent with two spaces for each level, here and below'],
  DUPLICATE_KEY: ['a key that its block already has', 'each key once', 'rename one of the two, or join them'],
  BAD_INDENT: [
    'a line that fits no level',
    'the same indentation for all keys of a block',
    'line it up with its block',
  ],
  MISSING_CHAR: ['an end that is missing', 'a closing quote or bracket, a comma or a colon', 'close what was opened'],
  MULTIPLE_DOCS: ['a second document', 'one document', 'take the line --- out'],
  BAD_ALIAS: ['an alias whose anchor is not there', 'a text', 'put texts that begin with * or & in quotes'],
  BAD_DQ_ESCAPE: ['a backslash', 'an escape that YAML knows', 'put a text that has a backslash in single quotes'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a key where none can be',
    'one key a line',
    'put a text that has a colon in quotes; line keys up',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'a line that is no key',
    'a key and its value',
    'write key: value, with a space after the colon',
  ],
  TAG_RESOLVE_FAILED: ['a tag', 'a plain value', 'take out the word that begins with !, or put the text in quotes'],
};
const OTHER: Words = [
  'no YAML',
  'YAML',
  'put texts with : # { } [ ] @ % in quotes, and compare with a file of examples/',
];

/** After any other fault a parser mostly reports what follows from it. */
const HARMLESS = new Set<ErrorCode>(['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED', 'BAD_ALIAS']);

/**
 * The YAML of a stage file.
 *
 * @throws StageFileInvalid when it is not there or is no YAML, with every place that is wrong.
 */
export function readSource(file: string): Source {
  const lines = new LineCounter();
  // A number of many digits is an id, as a key too: YAML would round it.
  const document = parseDocument(textOf(file), { lineCounter: lines, stringKeys: true });
  const faults = syntaxFaults(document, lines);
  if (faults.length > 0) throw new StageFileInvalid(file, faults);
  const written: unknown = document.toJS({ maxAliasCount: -1 });
  if (written === null || written === undefined)
    throw new StageFileInvalid(file, [{ ...WHOLE, found: written, mend: 'copy one from examples/ into it' }]);
  if (!isMap(document.contents)) {
    const found = isCollection(document.contents) ? 'a list' : 'a single text';
    throw new StageFileInvalid(file, [{ ...WHOLE, line: 1, found, mend: 'begin each line with a key and a colon' }]);
  }
  return { written: written as Record<string, unknown>, lineOf: (path) => lineOf(document, lines, path) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const found = (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'no file that can be read';
    const copy = `copy one from examples/ to ${file}`;
    throw new StageFileInvalid(file, [{ ...WHOLE, found, mend: didYouMean(basename(file), stagesBeside(file), copy) }]);
  }
}

function stagesBeside(file: string): string[] {
  try {
    return readdirSync(dirname(file)).filter((name) => name.endsWith('.yml'));
  } catch {
    return [];
  }
}

/** Every fault up to the first that others may follow from. */
function syntaxFaults(document: Document, lines: LineCounter): Fault[] {
  const found = [...document.errors, ...document.warnings].map(({ pos, code, message }) => ({
    offset: pos[0],
    // "Flow map … must be sufficiently indented and end with a }"
    code: code === 'BAD_INDENT' && message.startsWith('Flow') ? 'MISSING_CHAR' : code,
  }));
  visit(document, {
    Alias: (_, node, parents) => {
      const meant = node.resolve(document);
      if (!meant || parents.includes(meant)) found.push({ offset: node.range?.[0] ?? 0, code: 'BAD_ALIAS' });
    },
  });
  found.sort((a, b) => a.offset - b.offset);
  const last = found.findIndex(({ code }) => !HARMLESS.has(code));
  return found.slice(0, last < 0 ? undefined : last + 1).map(({ offset, code }) => {
    const [what, expected, mend] = SYNTAX[code] ?? OTHER;
    return { path: [], line: lines.linePos(offset).line, found: what, expected, mend };
  });
}

/** The line of the key at a path, or of the last of its parents that the file has. */
function lineOf(document: Document, lines: LineCounter, path: Fault['path']): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node)
      ? node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(part))
      : undefined;
    const next = pair?.key ?? (isSeq(node) ? node.items[Number(part)] : undefined);
    if (!isNode(next) || !next.range) break;
    offset = next.range[0];
    node = pair ? pair.value : next;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { contradictions } from './contradictions.ts';
import { didYouMean, type Fault, StageFileInvalid } from './faults.ts';
import { type StageFile, stageSchema } from './schema.ts';
import { secretsInClear } from './secrets.ts';

/**
 * Reads and validates a stage file.
 *
 * @param file path of the YAML file
 * @param environment where `${env:NAME}` and `${env:NAME, default}` come from
 * @throws StageFileInvalid naming every fault at once: file, line, path, found, expected, how to mend it.
 */
export function readStage(file: string, environment: NodeJS.ProcessEnv = process.env): StageFile {
  const lines = new LineCounter();
  const document = parseDocument(text(file), { lineCounter: lines });
  const lineOf = (path: Fault['path']) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  const faults: Fault[] = document.errors.map((error) => ({
    path: [`line ${error.linePos?.[0].line ?? 1}`],
    found: error.message.split('\n')[0],
    expected: 'YAML',
    mend: 'indent with spaces, keep each key once, put texts with : or # in quotes',
  }));
  if (faults.length > 0) throw new StageFileInvalid(file, faults);

  const raw = substitute(document.toJS(), environment, faults);
  faults.push(...secretsInClear(raw));
  const parsed = stageSchema.safeParse(raw);
  if (parsed.success) faults.push(...contradictions(parsed.data));
  else faults.push(...parsed.error.issues.flatMap((issue) => faultOf(issue, raw)));
  const distinct = faults.filter((fault, index) => faults.findIndex((other) => samePlace(other, fault)) === index);
  if (distinct.length > 0 || !parsed.success) throw new StageFileInvalid(file, distinct, lineOf);
  return parsed.data;
}

function text(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const folder = dirname(file);
  const there = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yml')) : [];
  throw new StageFileInvalid(file, [
    {
      path: [],
      found: undefined,
      expected: 'a stage file',
      mend: there.length > 0 ? didYouMean(basename(file), there) : `copy one from examples/ to ${file}`,
    },
  ]);
}

/** Replaces `${env:NAME}` in every text; a name that is not set is a fault, not an empty text. */
function substitute(
  value: unknown,
  environment: NodeJS.ProcessEnv,
  faults: Fault[],
  path: Fault['path'] = [],
): unknown {
  if (Array.isArray(value))
    return value.map((entry, index) => substitute(entry, environment, faults, [...path, index]));
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, substitute(entry, environment, faults, [...path, key])]),
    );
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{([^}]*)\}/g, (reference, inner: string) => {
    const [, name, fallback] = inner.match(/^env:\s*(\w+)\s*(?:,\s*(.*))?$/) ?? [];
    const found = name === undefined ? undefined : (environment[name] ?? fallback);
    if (found === undefined)
      faults.push({
        path,
        found: reference,
        expected: name ? `the environment variable ${name}` : 'a reference such as ${env:NAME} or ${env:NAME, default}',
        mend: name
          ? `set ${name}, or write a default: \${env:${name}, value}`
          : 'only env: is replaced in a stage file',
      });
    return found ?? reference;
  });
}

function faultOf(issue: z.core.$ZodIssue, raw: unknown): Fault[] {
  const path = issue.path as Fault['path'];
  const found = path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    raw,
  );
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path, raw);
    return issue.keys.map((key) => ({
      path: [...path, key],
      found: key,
      expected: 'a key that stage files have here',
      mend: didYouMean(key, known),
    }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator) {
    const kinds = kindsAt(path);
    return [
      { path: [...path], found, expected: `one of: ${kinds.join(', ')}`, mend: didYouMean(String(found), kinds) },
    ];
  }
  if (issue.code === 'invalid_key') {
    const [expected = '', mend = ''] = (issue.issues[0]?.message ?? '').split('\n');
    return [{ path, found: path.at(-1), expected, mend }];
  }
  if (issue.code === 'invalid_type' && found === undefined && !issue.message.includes('\n'))
    return [
      {
        path,
        found,
        expected: issue.expected === 'object' ? 'a block of settings' : issue.expected,
        mend: 'add it; see docs/guide.md',
      },
    ];
  const [expected = '', mend] = issue.message.split('\n');
  return [{ path, found, expected, mend: mend ?? 'see docs/guide.md' }];
}

/** The keys that the schema knows at a path, walking it as the file does. */
function knownKeys(path: Fault['path'], raw: unknown): string[] {
  let schema: unknown = stageSchema;
  let value: unknown = raw;
  for (const key of path) {
    schema = step(unwrap(schema, value), key);
    value = (value as Record<string | number, unknown> | undefined)?.[key];
  }
  const shape = (unwrap(schema, value) as { shape?: Record<string, unknown> } | undefined)?.shape;
  return Object.keys(shape ?? {});
}

type Definition = {
  type: string;
  innerType?: unknown;
  options?: { shape?: Record<string, { value?: unknown }>; def: Definition }[];
  valueType?: unknown;
  element?: unknown;
  shape?: Record<string, unknown>;
};

function unwrap(schema: unknown, value: unknown): unknown {
  const definition = (schema as { def?: Definition } | undefined)?.def;
  if (definition?.innerType) return unwrap(definition.innerType, value);
  if (definition?.type !== 'union') return schema;
  const kind = (value as { kind?: unknown } | undefined)?.kind;
  const object = definition.options?.find(
    (option) => option.shape && (!option.shape['kind'] || option.shape['kind'].value === kind),
  );
  return object ?? schema;
}

function step(schema: unknown, key: string | number): unknown {
  const definition = (schema as { def?: Definition } | undefined)?.def;
  return definition?.shape?.[key] ?? definition?.valueType ?? definition?.element;
}

function kindsAt(path: Fault['path']): string[] {
  const list = path[0] === 'workloads' ? stageSchema.shape.workloads : stageSchema.shape.notify.shape.channels;
  return list.valueType.options.map((option) => option.shape.kind.value);
}

function samePlace(a: Fault, b: Fault): boolean {
  return a.path.join('.') === b.path.join('.');
}

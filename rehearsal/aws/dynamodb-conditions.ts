import { createRequire } from 'node:module';

interface Context {
  attrNames?: Record<string, string>;
  attrVals?: Record<string, object>;
  /** What no expression has named yet: reading one takes out what it names. */
  unusedAttrNames: Record<string, boolean>;
  unusedAttrVals: Record<string, boolean>;
  isKeyCondition?: boolean;
}

interface Parser {
  parse(text: string, options: { context: Context }): unknown;
}

interface Read {
  result: unknown;
  names: string[];
  values: string[];
  /** The values that it was read with, which its result holds, by their names. */
  read: Map<unknown, string>;
}

/** What is asked each minute is asked with the same words: it is remembered, as far as a rehearsal may grow by it. */
const MOST = 1000;

/**
 * Has dynalite read each condition once, whatever its values are: its parser is a good part of the time of a call. What it
 * finds wrong is wrong by the types of values, but for the bounds of BETWEEN.
 */
export function rememberConditions(): void {
  const parser = createRequire(import.meta.url)('dynalite/db/conditionParser') as Parser;
  const parse = parser.parse.bind(parser);
  const known = new Map<string, Read>();
  parser.parse = (text, { context }) => {
    const { attrNames, attrVals = {}, unusedAttrNames, unusedAttrVals, isKeyCondition } = context;
    const values = /\bBETWEEN\b/i.test(text) ? attrVals : typesOf(attrVals);
    const question = JSON.stringify([text, attrNames, values, isKeyCondition]);
    const found = known.get(question);
    if (found) {
      for (const name of found.names) delete unusedAttrNames[name];
      for (const value of found.values) delete unusedAttrVals[value];
      return withValues(found.result, found.read, attrVals);
    }
    const result = parse(text, { context });
    const used = (all: object | undefined, unused: object) =>
      Object.keys(all ?? {}).filter((name) => !Object.hasOwn(unused, name));
    if (known.size < MOST)
      known.set(question, {
        ...{ result, names: used(attrNames, unusedAttrNames), values: used(attrVals, unusedAttrVals) },
        read: new Map(Object.entries(attrVals).map(([name, value]) => [value, name])),
      });
    return result;
  };
}

function typesOf(values: Record<string, object>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Object.keys(value)]));
}

/** What was read, with other values in the places of those that it was read with. */
function withValues(part: unknown, read: Read['read'], values: Record<string, object>): unknown {
  const name = read.get(part);
  if (name !== undefined) return values[name];
  if (Array.isArray(part)) return part.map((one) => withValues(one, read, values));
  if (!part || typeof part !== 'object') return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withValues(value, read, values)]));
}

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
}

/** What is asked each minute is asked with the same words: it is remembered, as far as a rehearsal may grow by it. */
const MOST = 1000;

/** Has dynalite read each condition once: its parser is a good part of the time of a call. */
export function rememberConditions(): void {
  const parser = createRequire(import.meta.url)('dynalite/db/conditionParser') as Parser;
  const parse = parser.parse.bind(parser);
  const known = new Map<string, Read>();
  parser.parse = (text, { context }) => {
    const { attrNames, attrVals, unusedAttrNames, unusedAttrVals, isKeyCondition } = context;
    const question = JSON.stringify([text, attrNames, attrVals, isKeyCondition]);
    const found = known.get(question);
    if (found) {
      for (const name of found.names) delete unusedAttrNames[name];
      for (const value of found.values) delete unusedAttrVals[value];
      return found.result;
    }
    const result = parse(text, { context });
    const used = (all: object | undefined, unused: object) =>
      Object.keys(all ?? {}).filter((name) => !Object.hasOwn(unused, name));
    if (known.size < MOST)
      known.set(question, { result, names: used(attrNames, unusedAttrNames), values: used(attrVals, unusedAttrVals) });
    return result;
  };
}

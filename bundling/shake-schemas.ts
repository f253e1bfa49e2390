import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

const SCHEMAS = /@aws-sdk[\\/][^\\/]+[\\/]dist-es[\\/](?:.+[\\/])?schemas[\\/]schemas_\d+\.js$/;

/**
 * A schemas file of an AWS client with what is constant written out: `{ [_xN]: _II }` becomes `{ "xmlName": _II }`
 * and `64 | 0` becomes `64`. esbuild drops no value that has to be computed, since computing it might have an effect:
 * all of EC2, 550 kB minified, would lie in each function that describes one instance.
 *
 * @throws Error when the file has a key that cannot be written out.
 */
export function writeOut(source: string, file: string): string {
  const constants = new Map<string, string>();
  for (const [, name = '', value = ''] of source.matchAll(/^const (\w+) = ("[^"\\\n]*");$/gm))
    if (value !== '"__proto__"') constants.set(name, value); // As a literal key it would set the prototype.
  const literal = source
    .replace(/(?<=[{,]\s*)\[(\w+)\]:/g, (key, name) => (constants.has(name) ? `${constants.get(name)}:` : key))
    .replace(/\b(\d+) \| (\d+)\b/g, (_, kind, of) => String(Number(kind) | Number(of)));
  const left = /[{,]\s*\[[^\]]*\]\s*:/.exec(literal);
  if (left) throw new Error(`${file} has the computed key ${left[0]}, ${UNKNOWN_SHAPE}`);
  return literal;
}

/** Services that send an error by the very name that the SDK gives it. Those of the query protocol do not. */
const SENT_BY_NAME = /client-(?:application-auto-scaling|cost-explorer|dynamodb|ecr|ecs|lambda|scheduler|sfn|ssm)[\\/]/;

/**
 * Leaves the classes of a service's errors out: 140 of Systems Manager alone would lie in each function that reads one
 * parameter. An error that is not registered is the service's own base class, by the same name and with the same fields,
 * and names are all that this project matches. The one whose field is read stays: the item that a condition met.
 */
export function withoutErrors(source: string, file: string): string {
  if (!SENT_BY_NAME.test(file)) return source;
  return source.replace(/^n0_registry\.registerError\((?!ConditionalCheckFailed)\w+\$, \w+\);\n/gm, '');
}

/** @throws Error when an operation that nobody uses leaves something behind: the SDK writes its schemas in a new way. */
export async function assertShakeable(source: string, file: string): Promise<void> {
  const operations = source.matchAll(/^export var (\w+\$) = \[9,[^;]+\(\) => (\w+\$?), \(\) => (\w+\$?)\s*\];/gm);
  const unused = new Set([...operations].flatMap(([, operation, input, output]) => [operation, input, output]));
  const { code } = await transform(source.replace(/^export /gm, ''), { format: 'esm', treeShaking: true });
  const left = [...code.matchAll(/^(?:var|let|const) (\w+\$?) =/gm)].find(([, name]) => unused.has(name));
  if (unused.size > 0 && !left) return;
  throw new Error(`${file} ${left ? `keeps ${left[1]}, though unused` : 'has no operation'}, ${UNKNOWN_SHAPE}`);
}

const UNKNOWN_SHAPE =
  'so esbuild would bundle the whole service: the AWS SDK has changed, teach bundling/shake-schemas.ts its new shape';

async function shakeable(file: string): Promise<string> {
  const contents = writeOut(withoutErrors(await readFile(file, 'utf8'), file), file);
  await assertShakeable(contents, file);
  return contents;
}

/** Lets esbuild drop the schemas of the operations that a function does not call. */
export const shakeSchemas: Plugin = {
  name: 'shake-schemas',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({ contents: await shakeable(path), loader: 'js' }));
  },
};

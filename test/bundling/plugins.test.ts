import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { keepOut } from '../../bundling/keep-out.ts';
import { assertShakeable, shakeSchemas, withoutErrors, writeOut } from '../../bundling/shake-schemas.ts';
import { cutOut, standIns } from '../../bundling/stand-ins.ts';

const outdir = mkdtempSync(join(tmpdir(), 'lamplighter-plugins-'));
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
const clients = Object.keys(dependencies).filter((name) => name.startsWith('@aws-sdk/client-'));

describe.each(clients)('the schemas of %s', (client) => {
  const files = globSync(`node_modules/${client}/dist-es/schemas/schemas_*.js`);

  test('written out - say what they said before', async () => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(said(await load(file, [shakeSchemas]))).toEqual(said(await load(file, [])));
  });
});

const operation = 'const n0 = "n";\nexport var Get$ = [9, n0, "Get",\n    0, () => GetInput$, () => GetOutput$\n];\n';
const structure = (traits: string) => `export var GetInput$ = [3, n0, "GetInput", ${traits}, [], []];\n`;

test('the errors of a service - are left out, but one whose field is read, and those that are sent by other names', () => {
  const registered = (name: string) => `n0_registry.registerError(${name}$, ${name});\n`;
  const source = `${registered('Gone')}${registered('ConditionalCheckFailedException')}let x;\n`;
  const file = (client: string) => `node_modules/@aws-sdk/${client}/dist-es/schemas/schemas_0.js`;
  expect(withoutErrors(source, file('client-ssm'))).toBe(`${registered('ConditionalCheckFailedException')}let x;\n`);
  expect(withoutErrors(source, file('client-sns'))).toBe(source);
});

test('a key that is no constant - fails the build and names the file', () => {
  expect(() => writeOut(structure('{ [_xN]: 1 }'), 'schemas_0.js')).toThrow(/schemas_0\.js has the computed key .*_xN/);
});

test('a constant that is a key with a meaning of its own - fails the build', () => {
  const source = `const _p = "__proto__";\n${structure('{ [_p]: 1 }')}`;
  expect(() => writeOut(source, 'schemas_0.js')).toThrow(/computed key/);
});

test('schemas that cannot be shaken although every key is written out - fail the build', async () => {
  await expect(assertShakeable(`${operation}${structure('0')}`, 'schemas_0.js')).resolves.toBeUndefined();
  await expect(assertShakeable(`${operation}${structure('traits()')}`, 'schemas_0.js')).rejects.toThrow(
    /schemas_0\.js keeps GetInput\$, though unused/,
  );
  await expect(assertShakeable('export const schemas = {};', 'schemas_0.js')).rejects.toThrow(/has no operation/);
});

test.each(['no anchor', 'anchor anchor'])('text to cut out that is not there once, %j - fails the build', (source) => {
  const cut = source === 'no anchor' ? 'gone' : 'anchor';
  expect(() => cutOut(source, { cut, put: '' }, 'utils.js')).toThrow(/utils\.js does not hold/);
});

test('dead weight that comes back - fails the build and names the file', async () => {
  await expect(load('functions/start-instance/handler.ts', [keepOut])).rejects.toThrow(
    /credential-provider-\S+ is in a bundle/,
  );
});

test('what is left out - throws when it is used after all', async () => {
  const entry = join(outdir, 'form.cjs');
  writeFileSync(entry, `exports.make = () => new (require(${JSON.stringify(resolve('node_modules/form-data'))}))();`);
  const { make } = (await load(entry, [standIns])) as { make(): unknown };
  expect(make).toThrow(/form-data is left out of the bundles/);
});

async function load(entry: string, plugins: Plugin[]): Promise<Record<string, unknown>> {
  const outfile = join(mkdtempSync(`${outdir}/`), 'out.cjs');
  const entryPoints = [entry];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins,
    logLevel: 'silent',
  });
  return createRequire(import.meta.url)(outfile) as Record<string, unknown>;
}

/** All that schemas say, name by name; a reference to another schema is a function, which is followed once. */
function said(schemas: Record<string, unknown>): string[] {
  const all = new Map(Object.entries(schemas));
  const follow = (_: string, value: unknown): unknown => {
    if (typeof value !== 'function') return value;
    const reference = String(value);
    if (!all.has(reference) && !reference.startsWith('class')) all.set(reference, (value as () => unknown)());
    return reference;
  };
  const lines: string[] = [];
  for (const [name, schema] of all) lines.push(`${name} ${JSON.stringify(schema, follow)}`);
  return lines;
}

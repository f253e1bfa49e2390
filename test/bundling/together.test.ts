import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { together } from '../../bundling/together.ts';
import { Service } from '../emulator/service.ts';

const folder = mkdtempSync(join(tmpdir(), 'lamplighter-together-'));

/** A module that reads another one, which all of them read. */
function entry(name: string, body = `export const it = [shared, '${name}'];`): string {
  writeFileSync(join(folder, 'shared.ts'), "export const shared = 'shared';");
  writeFileSync(join(folder, `${name}.ts`), `import { shared } from './shared.ts';\n${body}`);
  return join(folder, `${name}.ts`);
}

function write(file: string, plugins: Plugin[], options: BuildOptions = {}): Promise<unknown> {
  const outExtension = { '.js': '.cjs' };
  return build({
    ...{ entryPoints: [file], outdir: join(folder, 'out'), outExtension, format: 'cjs', logLevel: 'silent' },
    ...{ bundle: true, plugins, ...options },
  });
}

const read = (name: string) => readFileSync(join(folder, 'out', `${name}.cjs`), 'utf8');

test('several at the same time - one build, and each is what it is when it is built alone', async () => {
  const entries = ['one', 'two', 'three'].map((name) => entry(name));
  for (const file of entries) await write(file, []);
  const alone = ['one', 'two', 'three'].map(read);
  let builds = 0;
  const counting: Plugin = { name: 'counting', setup: ({ onStart }) => onStart(() => void builds++) };
  for (const name of ['one', 'two', 'three']) writeFileSync(join(folder, 'out', `${name}.cjs`), '');

  const plugin = together([counting]);
  await Promise.all(entries.map((file) => write(file, [plugin])));

  expect(['one', 'two', 'three'].map(read)).toEqual(alone);
  expect(alone[1]).toMatch(/shared, "two"/);
  expect(builds).toBe(1);
});

test('once more, after a change - built anew', async () => {
  const plugin = together([]);
  await write(entry('again'), [plugin]);
  await write(entry('again', "export const it = [shared, 'changed'];"), [plugin]);
  expect(read('again')).toContain('changed');
});

test('built otherwise - not with the others', async () => {
  const plugin = together([]);
  await Promise.all([
    write(entry('long'), [plugin]),
    write(entry('short'), [plugin], { minify: true, outdir: join(folder, 'out') }),
  ]);
  expect(read('long')).toContain('var shared = "shared";');
  expect(read('short')).not.toContain('var shared = ');
});

test('one that cannot be built - fails them all, naming the place', async () => {
  const plugin = together([]);
  const broken = entry('broken', "import './nothing.ts';");
  const outcomes = await Promise.allSettled([write(broken, [plugin]), write(entry('well'), [plugin])]);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringMatching(/broken\.ts:2:7: ERROR: Could not resolve "\.\/nothing\.ts"/) },
    });
});

test('a function that cannot be built - sls package says where, and ends', async () => {
  const service = new Service({});
  try {
    const handler = 'functions/start-instance/handler.ts';
    service.edit(handler, { 'export const handler': "import './nothing.ts';\nexport const handler" });
    const failed = await service.sls('package', '--stage', 'dev').catch((error: Error) => error.message);
    expect(failed).toMatch(/sls package --stage dev ended with 1/);
    expect(failed).toMatch(/functions\/start-instance\/handler\.ts:\d+:7: ERROR: Could not resolve "\.\/nothing\.ts"/);
  } finally {
    service.remove();
  }
});

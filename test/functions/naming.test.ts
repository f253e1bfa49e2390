import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { parse } from 'yaml';

/** One name in three casings: `functions/start-instance`, `startInstance`, `StartInstanceRole`. */
const folders = readdirSync('functions');
const pascal = (kebab: string) => kebab.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
const camel = (kebab: string) => pascal(kebab).replace(/^\w/, (letter) => letter.toLowerCase());
const read = (...path: string[]) => parse(readFileSync(join(...path), 'utf8'), { logLevel: 'error' });

type Handler = (event: unknown, context: Context) => Promise<unknown>;

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe.each(folders)('functions/%s', (folder) => {
  const load = async (file: string) =>
    (await import(`../../functions/${folder}/${file}.ts`)) as Record<string, unknown>;

  test('its handler.ts - exports the plain function under its name, and the wrapped one, and nothing else', async () => {
    const exported = await load('handler');
    expect(Object.keys(exported).sort()).toEqual([camel(folder), 'handler'].sort());
    expect(typeof exported[camel(folder)]).toBe('function');
  });

  test('the function that is deployed - asks for the contract of the folder', async () => {
    expect(Object.keys(await load('contract'))).toContain('input');
    const { handler } = (await load('handler')) as { handler: Handler };
    await expect(handler('no object', {} as Context)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  test('its function.yml - names its own handler and its own role', () => {
    expect(read('functions', folder, 'function.yml')).toMatchObject({
      handler: `functions/${folder}/handler.handler`,
      role: `${pascal(folder)}Role`,
    });
  });

  test('its function.yml - says what it may do, unless it asks AWS for nothing', () => {
    const { permissions = [] } = read('functions', folder, 'function.yml');
    expect(permissions.length > 0).toBe(!['await-health', 'serve-page'].includes(folder));
    for (const { Action, Resource } of permissions) {
      expect([Action].flat().filter((action) => !/^[a-z0-9-]+:[A-Z]\w+$/.test(action))).toEqual([]);
      expect(Resource).toBeDefined();
    }
  });

  test('its event.json, if it has one - is an event that it takes', async () => {
    const file = join('functions', folder, 'event.json');
    if (!existsSync(file)) return;
    const { input } = (await load('contract')) as { input: { parse(event: unknown): unknown } };
    expect(() => input.parse(JSON.parse(readFileSync(file, 'utf8')))).not.toThrow();
  });
});

test('serverless.yml - has one line for each function and each machine, and no other', () => {
  const { functions, stepFunctions } = read('serverless.yml');
  expect(functions).toEqual(
    Object.fromEntries(folders.map((folder) => [camel(folder), `\${file(functions/${folder}/function.yml)}`])),
  );
  expect(stepFunctions.stateMachines).toEqual(
    Object.fromEntries(
      readdirSync('state-machines').map((folder) => [camel(folder), `\${file(state-machines/${folder}/machine.yml)}`]),
    ),
  );
});

test('tests - lie where their code lies', () => {
  const tested = readdirSync('test/functions', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(tested.map(({ name }) => name).sort()).toEqual([...folders].sort());
});

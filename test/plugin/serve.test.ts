import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { showServer } from '../../plugin/serve.ts';
import type { Served, Server } from '../../rehearsal/serve/index.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { aStage } from '../shared/builders.ts';

const STATUS: CompiledStage['status'] = { access: 'public', origins: [], title: 'dev', spending: true };

let [out, err] = ['', ''];
beforeEach(() => {
  [out, err] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  jest.useFakeTimers({ now: Date.parse('2026-11-20T05:00:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** What the server was given, while it ran. */
async function served(options: Record<string, string>, stage: Partial<CompiledStage> = { status: STATUS }) {
  const found: { given?: Served; files?: string[]; stage?: CompiledStage; spawned: string[] } = { spawned: [] };
  const hooks = {
    'package:createDeploymentArtifacts': [() => undefined],
    'package:compileFunctions': [() => undefined],
  };
  const serverless = {
    serviceDir: process.cwd(),
    service: {
      custom: { estate: { compiled: aStage(stage) } },
      provider: { compiledCloudFormationTemplate: { Resources: { T: { Type: 'AWS::DynamoDB::Table' } } } },
    },
    configurationInput: {},
    utils: { writeFileSync: () => undefined },
    pluginManager: {
      hooks,
      spawn: async () => {
        found.spawned = Object.keys(hooks);
      },
    },
  };
  await showServer(serverless as unknown as Serverless, options, {
    serveLocally: async (given): Promise<Server> => {
      found.given = given;
      found.files = readdirSync(join(given.webFolder, 'status'));
      found.stage = JSON.parse(readFileSync(given.stageFile, 'utf8'));
      return { address: 'http://127.0.0.1:40123/', ended: Promise.resolve(), stop: async () => undefined };
    },
  });
  return found;
}

test('nothing is said - thirty days of the stage, on a port that is free, and nothing is bundled for it', async () => {
  const { given, files, stage, spawned } = await served({});
  expect(given).toMatchObject({ from: '2026-10-21', port: 0, seed: 1, root: process.cwd() });
  expect(given?.template).toEqual({ Resources: { T: { Type: 'AWS::DynamoDB::Table' } } });
  expect(files).toContain('index.html');
  expect(stage).toEqual(aStage({ status: STATUS }));
  expect(spawned).toEqual(['package:compileFunctions']);
  expect({ out, err }).toEqual({ out: 'http://127.0.0.1:40123/\n', err: '' });
  expect(existsSync(given?.webFolder ?? '')).toBe(false);
});

test('days, a port and a seed - as they are said', async () => {
  expect((await served({ days: '0', port: '8080', seed: '7' })).given).toMatchObject({
    ...{ from: '2026-11-20', port: 8080, seed: 7 },
  });
});

test('the stage file asks for no page - it is served all the same, and that is said', async () => {
  await served({}, {});
  expect(err).toContain('no status');
});

test.each([
  [{ days: '91' }, '--days "91" cannot be used: expected a whole number from 0 to 90'],
  [{ port: 'http' }, '--port "http" cannot be used'],
  [{ seed: '-1' }, '--seed "-1" cannot be used'],
])('%j - said before anything begins', async (options, message) => {
  await expect(served(options)).rejects.toThrow(message);
});

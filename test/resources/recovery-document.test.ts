import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { content, PARAMETERS, recoveryDocument } from '../../resources/recovery-document.ts';
import { Server, script } from '../agent/recover/server.ts';

const commands = content().mainSteps[0]?.inputs.runCommand ?? [];
const pattern = (name: string) => new RegExp(PARAMETERS[name]?.allowedPattern ?? '^(?!)');

describe('the document', () => {
  test('it is of the stage, and can be changed', () => {
    expect(recoveryDocument('dev')).toMatchObject({
      Type: 'AWS::SSM::Document',
      Properties: { Name: 'lamplighter-dev-recover', UpdateMethod: 'NewVersion', Content: { schemaVersion: '2.2' } },
    });
  });

  test('its parameters - are what the script reads, one for one', () => {
    const read = [...readFileSync(script, 'utf8').matchAll(/\$\{SSM_(\w+)/g)].map(([, name]) => name);
    expect(read.sort()).toEqual(Object.keys(PARAMETERS).sort());
  });

  test('its size - is what AWS takes', () => {
    expect(JSON.stringify(content()).length).toBeLessThan(64 * 1024);
  });

  test('the framework - finds none of its own variables in it', () => {
    const parse = createRequire(import.meta.url)('serverless/lib/configuration/variables/parse.js') as (
      text: string,
    ) => unknown;
    expect(parse('${sls:stage}')).not.toBeNull();
    expect(commands.filter((line) => parse(line))).toEqual([]);
  });

  test('AWS - finds only the parameters between double braces', () => {
    const found = [...commands.join('\n').matchAll(/\{\{ ?([^}]*?) ?\}\}/g)].map(([, name]) => name);
    expect(found).toEqual(Object.keys(PARAMETERS));
    expect(readFileSync(script, 'utf8')).not.toContain('{{');
  });
});

describe('what a value may be', () => {
  test.each(Object.entries(PARAMETERS))('%s - its own default', (name, { default: value, allowedValues }) => {
    if (value === undefined) return;
    expect(allowedValues?.includes(value) ?? pattern(name).test(value)).toBe(true);
  });

  test.each([
    ['Name', 'api', 'api@1.service', 'chat-app_2:web'],
    ['Url', 'http://localhost:3000/health', 'https://127.0.0.1/a?b=c&d=%20'],
    ['User', 'ec2-user', '_www'],
    ['Directory', '/home/ec2-user/app', '/srv/my.app/@current'],
    ['Start', 'ecosystem.config.cjs', './dist/main.js'],
    ['Bucket', 's3://example-logs', 's3://example-logs/recovery/dev'],
    ['Path', '/opt/node/bin:/usr/local/bin', '/home/u/.nvm/versions/node/v24.1.0/bin'],
  ])('%s - %s and the like', (name, ...values) => {
    for (const value of values) expect(value).toMatch(pattern(name));
  });

  test('any - never a quote, a dollar sign, a backslash, a brace or a second line', () => {
    const names = Object.keys(PARAMETERS).filter((name) => PARAMETERS[name]?.allowedPattern);
    const nasty = fc.constantFrom("'", '"', '$', '\\', '`', '{', '}', '\n', ' ', ';', '|', '<', '>', '(', '*');
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), nasty, fc.string(), (name, before, character, after) => {
        expect(pattern(name).test(before + character + after)).toBe(false);
      }),
    );
  });
});

describe('run as the SSM agent runs it', () => {
  let server: Server;
  beforeEach(() => {
    server = new Server();
    server.program('curl', 'printf 200');
    server.program('systemctl', ':');
  });
  afterEach(() => {
    server[Symbol.dispose]();
  });

  const given = { By: 'systemd', Name: 'api', Act: 'check', Url: 'http://localhost:3000/health' };
  const filled = (values: Record<string, string>) => {
    const all: Record<string, string> = {
      ...Object.fromEntries(Object.entries(PARAMETERS).map(([name, one]) => [name, one.default ?? ''])),
      ...values,
    };
    return { all, text: commands.join('\n').replace(/\{\{ (\w+) \}\}/g, (_, name: string) => all[name] ?? '') };
  };

  test('by one that sets variables - they are read', async () => {
    writeFileSync(server.path('document.sh'), commands.join('\n'));
    expect(await server.recover(filled(given).all, server.path('document.sh'))).toMatchObject({
      said: { step: 'check', result: 'healthy' },
    });
    expect(server.calls('curl')[0]).toContain('--url http://localhost:3000/health');
  });

  test('by an older one, which puts values into the text - the same', async () => {
    writeFileSync(server.path('document.sh'), filled(given).text);
    expect(await server.recover({}, server.path('document.sh'))).toMatchObject({
      said: { step: 'check', result: 'healthy' },
    });
    expect(server.calls('curl')[0]).toContain('--url http://localhost:3000/health');
  });
});

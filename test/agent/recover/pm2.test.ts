import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../shared/eventually.ts';
import { freePort } from '../../shared/free-port.ts';
import { run, runs, shells } from '../machine.ts';
import { INSTALL_PM2, realPm2, Server, type Values } from './server.ts';

// With the real PM2 and a small server that is killed, hung and absent.
const bin = realPm2();
if (!bin) process.stderr.write(`the real PM2 is not found, and cannot be fetched. Install: ${INSTALL_PM2}\n`);
const withPm2 = bin || process.env['CI'] ? describe : describe.skip;

const node = process.execPath;
const APP = `
console.log('lit with', process.env.API_KEY);
require('node:http').createServer((request, response) => {
  if (request.url === '/hang') for (;;);
  response.end('ok');
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

let server: Server;
let port: number;
beforeEach(async () => {
  server = new Server();
  for (const tool of ['sh', 'runuser']) server.tool(tool);
  port = await freePort();
  writeFileSync(server.path('app.cjs'), APP);
});
afterEach(() => {
  if (bin) pm2('kill');
  server[Symbol.dispose]();
});

/** As the people of the server call it. */
function pm2(...parameters: string[]): string {
  return run('env', ...Object.entries(environment()).map(([key, value]) => `${key}=${value}`), 'pm2', ...parameters);
}

const environment = () => ({
  PATH: `${bin}:${node.replace(/\/[^/]+$/, '')}:/usr/bin:/bin`,
  PM2_HOME: server.path('pm2'),
  PORT: String(port),
  API_KEY: 'hush-hush',
});

const values = (more: Values = {}): Values => ({
  By: 'pm2',
  Name: 'api',
  Url: `http://127.0.0.1:${port}/`,
  Pm2Home: server.path('pm2'),
  Path: environment().PATH,
  WithinSeconds: '20',
  AnswerSeconds: '1',
  ...more,
});

const answers = async () => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`)).status === 200;
  } catch {
    return false;
  }
};
const pid = (name = 'api') => Number(pm2('pid', name).trim());

async function starts(...more: string[]): Promise<void> {
  pm2('start', server.path('app.cjs'), '--name', 'api', '--interpreter', node, ...more);
  await eventuallyUp();
}

const eventuallyUp = () => eventually('it answers', answers);

withPm2.each(shells().map((shell) => ({ name: shell.join(' '), shell })))('by the real PM2, in $name', ({ shell }) => {
  beforeEach(() => {
    server.shell = shell;
  });

  test('it answers - nothing is touched', async () => {
    await starts();
    const before = pid();
    expect(await server.recover(values())).toMatchObject({ code: 0, said: { step: 'check', result: 'healthy' } });
    expect(pid()).toBe(before);
    expect(server.saved()).toEqual([]);
  });

  test('it was killed and stays dead - it is restarted, and its logs are saved without its secrets', async () => {
    await starts('--no-autorestart');
    process.kill(pid(), 'SIGKILL');
    await eventually('PM2 knows that it is dead', () => pm2('pid', 'api').trim() === '0');

    const { code, said, output } = await server.recover(values());

    expect({ code, said }).toMatchObject({ code: 0, said: { step: 'restart', result: 'recovered' } });
    expect(await answers()).toBe(true);
    expect(server.savedText()).toContain('lit with');
    // What the process itself writes is its own word; nothing else may hold its variables.
    expect(server.savedText().replaceAll('lit with hush-hush', '')).not.toContain('hush-hush');
    expect(output).not.toContain('hush');
  });

  test('it hangs - it is restarted', async () => {
    await starts();
    const before = pid();
    fetch(`http://127.0.0.1:${port}/hang`).catch(() => undefined);

    const { code, said } = await server.recover(values());

    expect({ code, said }).toMatchObject({ code: 0, said: { step: 'restart', result: 'recovered' } });
    expect(await answers()).toBe(true);
    expect(runs(before)).toBe(false);
  });

  test('it is absent - it is started from its configuration, and nothing else of that is', async () => {
    const apps = ['api', 'other'].map((name) => ({
      ...{ name, script: 'app.cjs', interpreter: node, env: { PORT: name === 'api' ? port : 1 } },
    }));
    writeFileSync(server.path('ecosystem.config.cjs'), `module.exports = ${JSON.stringify({ apps })}`);

    const started = { Directory: server.home, Start: 'ecosystem.config.cjs' };
    const { code, said } = await server.recover(values(started));

    expect({ code, said }).toMatchObject({ code: 0, said: { step: 'start', result: 'recovered' } });
    expect(pm2('id', 'api').trim()).toBe('[ 0 ]');
    expect(pm2('id', 'other').trim()).toBe('[]');
    // What it started holds no lock: the next recovery may begin.
    expect(await server.recover(values({ ...started, Act: 'restart' }))).toMatchObject({ code: 0 });
  });

  test('PM2 itself was killed - all that it kept is brought back, as after a boot', async () => {
    await starts();
    pm2('save');
    const app = pid();
    process.kill(Number(readFileSync(server.path('pm2/pm2.pid'), 'utf8')), 'SIGKILL');
    process.kill(app, 'SIGKILL');

    const { code, said } = await server.recover(values());

    expect({ code, said }).toMatchObject({ code: 0, said: { step: 'start', result: 'recovered' } });
    expect(await answers()).toBe(true);
  });
});

withPm2('by the real PM2', () => {
  test('it is absent, and nothing says how it starts - absent, and the others are not touched', async () => {
    await starts();
    const before = pid();
    expect(await server.recover(values({ Name: 'worker', Url: '' }))).toMatchObject({
      code: 11,
      said: { result: 'absent' },
    });
    expect(pid()).toBe(before);
  });

  test('it crashes again and again - failed', async () => {
    pm2('start', server.path('app.cjs'), '--name', 'api', '--interpreter', node);
    writeFileSync(server.path('app.cjs'), 'process.exit(1)');
    expect(await server.recover(values({ Act: 'restart', WithinSeconds: '3' }))).toMatchObject({
      code: 10,
      said: { step: 'restart', result: 'failed' },
    });
  });

  test('there is no PM2 running - a check starts none', async () => {
    expect(await server.recover(values({ Act: 'check', Url: '' }))).toMatchObject({
      code: 10,
      said: { result: 'down' },
    });
    expect(server.read('pm2/pm2.pid')).toBe('');
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot('another user has it - who, where and with which Node is found by itself', async () => {
    run('chmod', '-R', '777', server.home);
    const variables = Object.entries({ ...environment(), HOME: server.home }).map(([key, value]) => `${key}=${value}`);
    const as = (...command: string[]) => run('runuser', '-u', 'games', '--', 'env', ...variables, ...command);
    as('pm2', 'start', server.path('app.cjs'), '--name', 'api', '--no-autorestart', '--interpreter', node);
    await eventuallyUp();
    process.kill(Number(as('pm2', 'pid', 'api').trim()), 'SIGKILL');

    const { code, said } = await server.recover(values({ User: 'games', Pm2Home: '', Path: String(bin) }));

    expect({ code, said }).toMatchObject({ code: 0, said: { step: 'restart', result: 'recovered' } });
    expect(run('stat', '-c', '%U', `/proc/${as('pm2', 'pid', 'api').trim()}`).trim()).toBe('games');
  });
});

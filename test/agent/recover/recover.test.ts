import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { RESULTS, saidBy } from '../../../shared/recovery/said.ts';
import { eventually } from '../../shared/eventually.ts';
import { shells } from '../machine.ts';
import { Server, type Values } from './server.ts';

const unit: Values = { By: 'systemd', Name: 'api', Url: 'http://localhost:3000/health', WithinSeconds: '2' };
const project: Values = { By: 'compose', Name: 'shop', Url: 'http://localhost:3000/health', WithinSeconds: '2' };

let server: Server;
beforeEach(() => {
  server = new Server();
  // What it answers is in a file, and a restart mends it.
  server.program('curl', `[ -e ${server.home}/up ] && printf 200 || { printf 000; exit 7; }`);
  server.program('systemctl', systemctl('loaded', 'active'));
  server.program('docker', docker());
  server.program('journalctl', 'echo "the unit said something"');
  server.program('aws', `cp -r "$5" ${server.home}/s3/ 2>/dev/null || /bin/cp -r "$5" ${server.home}/s3/`);
});
afterEach(() => {
  server[Symbol.dispose]();
});

const systemctl = (load: string, active: string, onRestart = 'touch up') => `
cd ${server.home}
case $1 in
  show) echo LoadState=${load}; echo ActiveState=$(cat active 2>/dev/null || echo ${active}); echo MainPID=$(cat pid 2>/dev/null || echo 7) ;;
  restart) ${onRestart.replace('touch', '/usr/bin/touch')} ;;
esac`;
const docker = (containers = 'c1', onUp = '/usr/bin/touch up') => `
cd ${server.home}
case "$*" in
  *' ps -q'*) printf '%s' '${containers}' ;;
  *' restart '*) /usr/bin/touch up ;;
  *' up '*) ${onUp} ;;
  *' logs '*) echo 'the container said something' ;;
esac`;

describe.each(shells().map((shell) => ({ name: shell.join(' '), shell })))(
  'by systemd and Compose, in $name',
  ({ shell }) => {
    beforeEach(() => {
      server.shell = shell;
    });

    test('it answers - nothing is done', async () => {
      writeFileSync(server.path('up'), '');
      expect(await server.recover(unit)).toMatchObject({
        code: 0,
        said: { step: 'check', result: 'healthy', logs: 'none' },
      });
      expect(server.calls('restart')).toEqual([]);
    });

    test('it does not answer - its journal is saved, and the unit is restarted, even after too many failures', async () => {
      const { code, said } = await server.recover(unit);
      expect({ code, said }).toMatchObject({ code: 0, said: { step: 'restart', result: 'recovered' } });
      expect(server.calls('systemctl re')).toEqual(['systemctl reset-failed -- api', 'systemctl restart -- api']);
      expect(server.savedText()).toContain('the unit said something');
      const order = server.calls().map((call) => call.split(' ', 2).join(' '));
      expect(order.indexOf('journalctl -n')).toBeLessThan(order.indexOf('systemctl restart'));
    });

    test('it does not answer after the restart - failed, within its time', async () => {
      server.program('systemctl', systemctl('loaded', 'active', ':'));
      expect(await server.recover(unit)).toMatchObject({ code: 10, said: { step: 'restart', result: 'failed' } });
    });

    test('there is no such unit - absent, and nothing is restarted', async () => {
      server.program('systemctl', systemctl('not-found', 'inactive'));
      expect(await server.recover(unit)).toMatchObject({ code: 11, said: { result: 'absent' } });
      expect(server.calls('systemctl restart')).toEqual([]);
    });

    test('a project with containers - they are restarted, their logs saved before', async () => {
      expect(await server.recover(project)).toMatchObject({ code: 0, said: { step: 'restart', result: 'recovered' } });
      expect(server.calls(' restart ')).toEqual(['docker compose -p shop restart -t 10']);
      expect(server.savedText()).toContain('the container said something');
    });

    test('one service of a project - it alone is asked for, saved and restarted', async () => {
      expect(await server.recover({ ...project, Service: 'api' })).toMatchObject({ code: 0 });
      expect(server.calls(' restart ')).toEqual(['docker compose -p shop restart -t 10 api']);
      expect(server.calls('docker compose').filter((call) => !call.endsWith(' api'))).toEqual([]);
      expect(await server.recover({ ...project, Service: '-f x' })).toMatchObject({
        code: 14,
        said: { result: 'invalid' },
      });
    });

    test('a project without containers - is started as it was, with no newer image', async () => {
      server.program('docker', docker(''));
      const { code, said } = await server.recover({ ...project, Directory: server.home });
      expect({ code, said }).toMatchObject({ code: 0, said: { step: 'start', result: 'recovered' } });
      expect(server.calls(' up ')).toEqual([
        `docker compose -p shop --project-directory ${server.home} up -d --no-recreate --no-build`,
      ]);
    });

    test('a project without containers or folder - absent', async () => {
      server.program('docker', docker(''));
      expect(await server.recover(project)).toMatchObject({ code: 11, said: { result: 'absent' } });
    });
  },
);

describe('what is asked of it', () => {
  test('only to check what is down - it says so and does nothing', async () => {
    expect(await server.recover({ ...unit, Act: 'check' })).toMatchObject({ code: 10, said: { result: 'down' } });
    expect(server.calls('restart')).toEqual([]);
    expect(server.saved()).toEqual([]);
  });

  test('to restart what answers here - it is restarted', async () => {
    writeFileSync(server.path('up'), '');
    expect(await server.recover({ ...unit, Act: 'restart' })).toMatchObject({ code: 0, said: { result: 'recovered' } });
    expect(server.calls('systemctl restart')).toHaveLength(1);
  });

  test('no address - it is restarted, and its processes have to stay', async () => {
    expect(await server.recover({ ...unit, Url: '' })).toMatchObject({ code: 0, said: { result: 'recovered' } });
    expect(server.calls('systemctl restart')).toHaveLength(1);
  });

  test('no address, and its process crashes again and again - failed', async () => {
    server.program('systemctl', `${systemctl('loaded', 'active')}\necho $$ >pid`);
    expect(await server.recover({ ...unit, Url: '' })).toMatchObject({ code: 10, said: { result: 'failed' } });
  });

  test('the same again - the second finds it well', async () => {
    await server.recover(unit);
    expect(await server.recover(unit)).toMatchObject({ code: 0, said: { result: 'healthy' } });
    expect(server.calls('systemctl restart')).toHaveLength(1);
  });

  test('twice at once - one works, the other leaves it alone', async () => {
    server.program('systemctl', systemctl('loaded', 'active', 'until [ -e go ]; do /bin/sleep 0.1; done; touch up'));
    const first = server.start(unit);
    await eventually('the first restarts', () => server.calls('systemctl restart').length === 1);

    expect(await server.recover(unit)).toMatchObject({ code: 13, said: { result: 'busy' } });
    writeFileSync(server.path('go'), '');
    expect((await first.ended).code).toBe(0);
    expect(server.calls('systemctl restart')).toHaveLength(1);
  });

  test('it is broken off - it says so', async () => {
    server.program('systemctl', systemctl('loaded', 'active', ':'));
    const run = server.start({ ...unit, WithinSeconds: '50' });
    await eventually('it waits for an answer', () => server.calls('curl').length > 2);
    run.signal('SIGTERM');
    const { code, output } = await run.ended;
    expect({ code, output }).toEqual({ code: 15, output: expect.stringContaining('result=interrupted') });
  });
});

describe('the logs', () => {
  test('a bucket - they are copied there after the restart, and the line says where', async () => {
    const { said } = await server.recover({ ...unit, Bucket: 's3://example-logs/recovery/' });
    expect(said['logs']).toMatch(/^s3:\/\/example-logs\/recovery\/[^/]+\/\d{8}T\d{6}Z-systemd-api$/);
    expect(readdirSync(server.path('s3'))).toHaveLength(1);
    const order = server.calls().map((call) => call.split(' ', 2).join(' '));
    expect(order.indexOf('aws s3')).toBeGreaterThan(order.indexOf('systemctl restart'));
  });

  test('a bucket that refuses - they are on the machine, and it is recovered', async () => {
    server.program('aws', 'echo AccessDenied >&2; exit 1');
    const { code, said, output } = await server.recover({ ...unit, Bucket: 's3://example-logs' });
    expect({ code, logs: said['logs'] }).toEqual({ code: 0, logs: expect.stringContaining(server.path('saved')) });
    expect(output).toContain('could not be copied');
  });

  test('the disk is full - it is restarted all the same', async () => {
    writeFileSync(
      server.path('saved'),
      'a file where the folder should be, since as root no permission would keep it out',
    );
    const { code, said, output } = await server.recover(unit);
    expect({ code, logs: said['logs'] }).toEqual({ code: 0, logs: 'none' });
    expect(output).toContain('is the disk full?');
  });

  test('what every recovery said - is kept in one file, which the CloudWatch agent sends', async () => {
    await server.recover(unit);
    await server.recover(unit);
    expect(server.read('saved/recovery.log').split('\n')).toEqual([
      expect.stringMatching(/^\S+Z api is restarted by systemd$/),
      expect.stringMatching(/^::recovery step=restart result=recovered /),
      expect.stringMatching(/^::recovery step=check result=healthy /),
      '',
    ]);
  });

  test('a noisy restart - the output stays short, so that AWS keeps its last line', async () => {
    server.program('systemctl', systemctl('loaded', 'active', 'seq 100000; touch up'));
    const { output, said } = await server.recover(unit);
    expect(said['result']).toBe('recovered');
    expect(output.length).toBeLessThan(2000);
  });

  test('many recoveries - the oldest logs go', async () => {
    for (let day = 10; day < 35; day++)
      mkdirSync(server.path('saved', `201901${day}T000000Z-pm2-api`), { recursive: true });
    await server.recover(unit);
    expect(server.saved()).toHaveLength(20);
    expect(server.saved()).not.toContain('20190110T000000Z-pm2-api');
  });
});

describe('values', () => {
  test.each<[string, Values]>([
    ['an unknown manager', { By: 'forever' }],
    ['no name', { Name: '' }],
    ['an option for a name', { Name: '--all' }],
    ['every process of PM2', { By: 'pm2', Name: 'all' }],
    ['an id of PM2', { By: 'pm2', Name: '0' }],
    ['a command for a name', { Name: '$(touch pwned)' }],
    ['two lines', { Name: 'api\ntouch pwned' }],
    ['an unknown act', { Act: 'reboot' }],
    ['a file for an address', { Url: 'file:///etc/passwd' }],
    ['an option for a file', { By: 'pm2', Start: '--name' }],
    ['time that is none', { WithinSeconds: 'soon' }],
    ['a folder that is none', { Directory: '/nowhere' }],
    ['a folder that is no bucket', { Bucket: '/tmp' }],
    ['a user that is none', { By: 'pm2', User: 'nobody-of-that-name' }],
  ])('%s - is refused, and nothing is done', async (_, values) => {
    expect(await server.recover({ ...unit, ...values })).toMatchObject({ code: 14, said: { result: 'invalid' } });
    expect(server.calls()).toEqual([]);
  });

  test('there is no such tool - it says so', async () => {
    rmSync(server.path('bin/systemctl'));
    const { code, said, output } = await server.recover(unit);
    expect({ code, said }).toMatchObject({ code: 12, said: { result: 'unavailable' } });
    expect(output).toContain('no systemctl');
  });

  test('several PM2 daemons and no word on which - none is guessed, and nothing is done', async () => {
    server.program('pm2', 'echo "[ 0 ]"');
    const daemons = ['/one', '/two'].map((home) =>
      spawn('sleep', ['60'], { argv0: `PM2 v7.0.4: God Daemon (${home})`, stdio: 'ignore' }),
    );
    try {
      const { code, output } = await server.recover({ By: 'pm2', Name: 'api' });
      expect({ code, output }).toEqual({ code: 14, output: expect.stringContaining('several PM2 daemons') });
      expect(server.calls('pm2')).toEqual([]);
    } finally {
      for (const daemon of daemons) daemon.kill();
    }
  });

  test('any text in any place - is never run, and the last line is always there', async () => {
    const nasty = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        '$(touch pwned)',
        '`touch pwned`',
        "'; touch pwned; '",
        '"; touch pwned; "',
        '\n touch pwned',
        '*',
        '-x',
      ),
    );
    const place = fc.constantFrom(
      'By',
      'Name',
      'Act',
      'Url',
      'User',
      'Directory',
      'Start',
      'Bucket',
      'Path',
      'Pm2Home',
    );
    await fc.assert(
      fc.asyncProperty(place, nasty, async (name, text) => {
        const value = text.replaceAll('\0', '');
        const { code, output } = await server.recover({ ...unit, Act: 'check', [name]: value });
        const said = saidBy(output);
        expect(code).toBe(said && RESULTS[said.result]);
        expect(code).not.toBeNull();
        expect(existsSync(server.path('pwned'))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from '@jest/globals';
import { eventually } from '../../shared/eventually.ts';
import { startDatabase } from '../../shared/state/database.ts';
import { folder, runs, shells, which } from '../machine.ts';
import { startCli } from './aws.ts';

const database = await startDatabase();
const { releaseLease, takeLease } = await import('../../../shared/state/lease.ts');
const { table, tableName, workloadKey } = await import('../../../shared/state/table.ts');
const home = mkdtempSync(join(tmpdir(), 'lamplighter-lease-'));
mkdirSync(join(home, 'bin'));
const cli = await startCli(join(home, 'bin', 'aws'), process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
afterAll(async () => {
  await cli.close();
  await database.stop();
  rmSync(home, { recursive: true });
});

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
/** A run of the stage asks for it. @returns who has it already */
async function asked(workload: string, key = '2026-11-03T16:30'): Promise<string | undefined> {
  if ((await takeLease({ workload, key, deadlineAt: inAnHour() })) === undefined) return undefined;
  const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: workloadKey(workload, 'lease') }));
  return Item?.['holder'];
}
let count = 0;

/** A person's shell, and a workload of its own. */
function someone(shell: string[]) {
  const workload = `collection-${count++}`;
  const env = {
    ...process.env,
    PATH: [join(home, workload), join(home, 'bin'), process.env['PATH']].join(':'),
    ...{ WHO: workload, LAMPLIGHTER_POLL_SECONDS: '0.2' },
  };
  const start = (args: string[], input = '') => {
    const [program = 'sh', ...options] = shell;
    const [act = '', ...rest] = args;
    const script = join(folder, 'lease', 'lamplighter-lease.sh');
    const child = spawn(program, [...options, script, act, '--workload', workload, '--table', 'state', ...rest], {
      ...{ env, cwd: home },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    // It need not read what it is given.
    child.stdin.on('error', () => undefined).end(input);
    const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, stdout, stderr })),
    );
    return { child, ended };
  };
  const path = (name: string) => join(home, `${workload}-${name}`);
  /** One that it finds in place of the machine's own. */
  const program = (name: string, body: string) => {
    mkdirSync(join(home, workload), { recursive: true });
    writeFileSync(join(home, workload, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  };
  return {
    ...{ workload, start, path, program },
    say: (...args: string[]) => start(args).ended,
    leave: () => cli.leave(workload),
    calls: () => cli.calls(workload),
  };
}

const isAlive = (pidFile: string) => runs(readFileSync(pidFile, 'utf8').trim());

// All at once, and not by describe: they wait for most of their time.
for (const shell of shells()) {
  const named = (what: string) => `${what}, in ${shell.join(' ')}`;

  test.concurrent(named('taken - no run of the stage gets it until it is given back'), async () => {
    const { say, workload } = someone(shell);
    expect(await say('take', '--as', 'kim@laptop')).toMatchObject({ code: 0 });
    expect(await asked(workload)).toBe('kim@laptop');
    // Once more by the same holder is no second one.
    expect((await say('take', '--as', 'kim@laptop')).code).toBe(0);
    expect((await say('show')).stdout).toMatch(/held by kim@laptop until \d\d:\d\d:\d\d/);
    expect((await say('give-back', '--as', 'kim@laptop')).code).toBe(0);
    expect((await say('show')).stdout).toMatch(/free$/m);
    expect(await asked(workload)).toBeUndefined();
  });

  test.concurrent(named('a run of the stage has it - the command is not run, and it is said who has it'), async () => {
    const { say, workload, path } = someone(shell);
    await asked(workload);
    const { code, stderr } = await say('run', '--', 'touch', path('ran'));
    expect(code).toBe(75);
    expect(stderr).toContain('held by 2026-11-03T16:30');
    expect(existsSync(path('ran'))).toBe(false);
    for (const act of ['take', 'renew', 'give-back']) expect((await say(act)).code).toBe(75);
    // Nothing of it was changed: it is still that run's own.
    expect(await asked(workload)).toBeUndefined();
  });

  test.concurrent(named('it is waited for - run as soon as it is given back'), async () => {
    const { say, start, workload, path, calls } = someone(shell);
    await asked(workload);
    const { ended } = start(['run', '--wait', '20s', '--', 'touch', path('ran')]);
    await eventually('it asks again', () => calls().length > 1);
    expect(existsSync(path('ran'))).toBe(false);
    await releaseLease({ workload, key: '2026-11-03T16:30' });
    expect((await ended).code).toBe(0);
    expect(existsSync(path('ran'))).toBe(true);
    await asked(workload);
    await releaseLease({ workload, key: '2026-11-03T16:30' });
    expect((await say('show')).stdout).toMatch(/free$/m);
  });

  test.concurrent(
    named('run - its input, its output and its exit code are handed on, and it is free again'),
    async () => {
      const { start, workload } = someone(shell);
      const { code, stdout } = await start(
        ['run', '--', 'sh', '-c', 'cat; echo "$1"; exit 3', '-', 'two words'],
        'in\n',
      ).ended;
      expect({ code, stdout }).toEqual({ code: 3, stdout: 'in\ntwo words\n' });
      expect(await asked(workload)).toBeUndefined();
    },
  );

  test.concurrent(named('a long command - renewed in time: nobody else gets it while it runs'), async () => {
    const { start, workload, path } = someone(shell);
    const { ended } = start(['run', '--for', '8s', '--', 'sh', '-c', `touch ${path('ran')}; sleep 12`]);
    await eventually('the command runs', () => existsSync(path('ran')));
    await sleep(10_000);
    expect(await asked(workload)).toMatch(/:\d+:\d+$/);
    expect((await ended).code).toBe(0);
    expect(await asked(workload)).toBeUndefined();
  });

  test.concurrent(named('somebody else has taken it - the command is ended with all of its processes'), async () => {
    const { start, workload, path, say } = someone(shell);
    const command = `sh -c 'echo $$ >${path('pid')}; sleep 60' & wait`;
    const { ended } = start(['run', '--for', '3s', '--', 'sh', '-c', command]);
    await eventually('the command runs', () => existsSync(path('pid')));
    // As if it had been too late to renew: whoever asks then has it.
    await takeLease({ workload, key: 'another', deadlineAt: inAnHour() }, Date.now() + 60_000);
    const { code, stderr } = await ended;
    expect(code).toBe(75);
    expect(stderr).toContain('not safely ours any more');
    expect(isAlive(path('pid'))).toBe(false);
    expect((await say('show')).stdout).toContain('held by another');
  });

  test.concurrent(
    named('AWS does not answer any more - the command is ended before somebody else may begin'),
    async () => {
      const { start, path, leave, workload } = someone(shell);
      const { ended } = start(['run', '--for', '15s', '--', 'sh', '-c', `echo $$ >${path('pid')}; exec sleep 60`]);
      await eventually('the command runs', () => existsSync(path('pid')));
      leave();
      expect((await ended).code).toBe(75);
      // Not given back, so that it is still theirs: and nobody got it before.
      expect(await asked(workload)).toMatch(/:\d+:\d+$/);
      expect(isAlive(path('pid'))).toBe(false);
    },
  );

  test.concurrent(
    named('AWS is away when the command ends, with whatever code - it is said until when it is held'),
    async () => {
      const { start, path, leave } = someone(shell);
      const { ended } = start([
        'run',
        '--',
        'sh',
        '-c',
        `touch ${path('ran')}; until [ -e ${path('go')} ]; do sleep 0.1; done; exit 75`,
      ]);
      await eventually('the command runs', () => existsSync(path('ran')));
      leave();
      writeFileSync(path('go'), '');
      expect(await ended).toMatchObject({ code: 75, stderr: expect.stringContaining('could not be given back') });
    },
  );

  test.concurrent(named('AWS cannot be asked at all - nothing is run'), async () => {
    const { say, path, leave } = someone(shell);
    leave();
    expect((await say('run', '--', 'touch', path('ran'))).code).toBe(69);
    expect(existsSync(path('ran'))).toBe(false);
  });

  test.concurrent.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('it is told to stop by %s - so is the command, and it is given back', async (signal, code) => {
    const { start, workload, path } = someone(shell);
    const { child, ended } = start(['run', '--', 'sh', '-c', `echo $$ >${path('pid')}; exec sleep 60`]);
    await eventually('the command runs', () => existsSync(path('pid')) && readFileSync(path('pid'), 'utf8') !== '');
    child.kill(signal);
    expect((await ended).code).toBe(code);
    expect(isAlive(path('pid'))).toBe(false);
    expect(await asked(workload)).toBeUndefined();
  });

  test.concurrent(named('it is killed - its helper ends the command and gives it back'), async () => {
    const { start, workload, path } = someone(shell);
    const { child } = start(['run', '--', 'sh', '-c', `echo $$ >${path('pid')}; exec sleep 60`]);
    await eventually('the command runs', () => existsSync(path('pid')) && readFileSync(path('pid'), 'utf8') !== '');
    child.kill('SIGKILL');
    await eventually('the command is ended', () => !isAlive(path('pid')));
    await eventually('it is free', async () => (await asked(workload)) === undefined);
  });

  test.concurrent(named('its helper is slow to come - the command begins after it'), async () => {
    const { say, path, program } = someone(shell);
    // The first that the helper does is to remove what the command waits for.
    program('rm', `sleep 1; touch ${path('came')}; exec ${which('rm')} "$@"`);
    expect((await say('run', '--', 'test', '-e', path('came'))).code).toBe(0);
  });

  test.concurrent(named('it is killed before its helper came - the command never begins'), async () => {
    const { start, path, program, workload } = someone(shell);
    program('rm', `touch ${path('came')}; exec sleep 3`);
    const { child } = start(['run', '--', 'touch', path('ran')]);
    await eventually('it came so far', () => existsSync(path('came')));
    child.kill('SIGKILL');
    await eventually('it is free', async () => (await asked(workload)) === undefined);
    expect(existsSync(path('ran'))).toBe(false);
  });

  test.concurrent(
    named('it is told to stop before the command began - that never does, and it is given back'),
    async () => {
      const { start, path, program, workload } = someone(shell);
      program('mktemp', `touch ${path('came')}; sleep 1; exec ${which('mktemp')}`);
      const { child, ended } = start(['run', '--', 'touch', path('ran')]);
      await eventually('it came so far', () => existsSync(path('came')));
      child.kill('SIGTERM');
      expect((await ended).code).toBe(143);
      expect(existsSync(path('ran'))).toBe(false);
      expect(await asked(workload)).toBeUndefined();
    },
  );

  test.concurrent(named('there is no room for a file - nothing is run, and it is given back'), async () => {
    const { say, path, program, workload } = someone(shell);
    program('mktemp', 'echo no space left >&2; exit 1');
    expect(await say('run', '--', 'touch', path('ran'))).toMatchObject({
      ...{ code: 73, stderr: expect.stringContaining('no space left') },
    });
    expect(existsSync(path('ran'))).toBe(false);
    expect(await asked(workload)).toBeUndefined();
  });

  test.concurrent(named('it expired - whoever asks next has it'), async () => {
    const { say, workload } = someone(shell);
    await takeLease({ workload, key: 'old', deadlineAt: '2026-11-01T00:00:00.000Z' });
    expect((await say('show')).stdout).toContain('free, old had it until');
    expect((await say('take', '--as', 'kim')).code).toBe(0);
    expect(await asked(workload)).toBe('kim');
  });

  test.concurrent(named('by the name of the stage - its table is looked up'), async () => {
    const { say, workload, calls } = someone(shell);
    expect((await say('take', '--table', '', '--stage', 'dev', '--as', 'kim')).code).toBe(0);
    expect(calls()[0]).toBe('cloudformation');
    expect(await asked(workload)).toBe('kim');
    expect((await say('take', '--table', '', '--stage', 'prod')).code).toBe(69);
  });

  test.concurrent.each([
    ['an act that there is not', ['borrow']],
    ['run without a command', ['run']],
    ['a duration without a unit', ['take', '--for', '15']],
    ['a holder that would break the item', ['take', '--as', 'kim"}']],
    ['an option without its value', ['take', '--for']],
    ['a command where none is run', ['take', '--', 'true']],
  ])(named('%s - refused, and nothing is asked of AWS'), async (_, args) => {
    const { say, calls } = someone(shell);
    const { code, stderr } = await say(...args);
    expect(code).toBe(64);
    expect(stderr).toContain('lamplighter-lease run --workload NAME');
    expect(calls()).toEqual([]);
  });
}

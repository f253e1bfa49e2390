import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { eventually } from '../shared/eventually.ts';
import { agent, type Ended, folder, inSeconds, Machine, run, runs, shells, token, which } from './machine.ts';

const first = 'makenaide 2026-11-21T02:00';
const second = 'makenaide 2026-11-21T09:00';
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const timedOut = 'An error occurred (TaskTimedOut) when calling the operation: Provided task does not exist anymore';
const offline = 'Could not connect to the endpoint URL: "https://states.example.com/"';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => {
  machine[Symbol.dispose]();
});

describe.each(shells().map((shell) => ({ name: shell.join(' '), shell })))('a run asked for, in $name', ({ shell }) => {
  beforeEach(() => {
    machine.shell = shell;
  });

  test('the job exits 0 - it is reported with its times and its log, and the machine powers off', async () => {
    machine.ask({ COMMAND: 'echo lit; echo oil >&2' });

    const { code } = await machine.boot();

    expect(code).toBe(0);
    expect(machine.reports()).toEqual([
      {
        detail: {
          exitCode: 0,
          startedAt: instant,
          endedAt: instant,
          log: 's3://example-logs/makenaide/makenaide-2026-11-21T02-00.log',
        },
      },
    ]);
    expect(machine.lines('s3', 'makenaide-2026-11-21T02-00.log')).toEqual(['lit', 'oil']);
    expect(machine.calls().map((call) => call.split(' ')[1])).toEqual([
      'get-parameter',
      'send-task-heartbeat',
      'cp',
      'send-task-success',
    ]);
    expect(machine.lastRun()).toEqual(['finished', first]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('the job exits 3 - JobFailed with the exit code is reported, and the machine powers off', async () => {
    machine.ask({ COMMAND: 'exit 3' });

    await machine.boot();

    expect(machine.reports()).toEqual([
      { error: 'JobFailed', detail: expect.objectContaining({ exitCode: 3, startedAt: instant }) },
    ]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('values hold quotes, spaces and commands - only COMMAND is evaluated', async () => {
    const value = ` it's "quoted" $(touch pwned) \`touch pwned\` \\n $HOME; touch pwned `;
    machine.ask({
      RUN: 'makenaide $(touch pwned) `touch pwned` "x"',
      COMMAND: `printf '%s\\n' "$VALUE" "$((40 + 2))" >'my file'`,
      ENV_VALUE: value,
    });

    await machine.boot();

    expect(machine.lines('job', 'my file')).toEqual([value, '42']);
    expect(machine.reports()).toEqual([{ detail: expect.objectContaining({ exitCode: 0 }) }]);
    for (const place of [machine.home, machine.path('job'), machine.path('state')])
      expect(readdirSync(place)).not.toContain('pwned');
  });

  test('the job has variables - it gets them, even one called PATH or like ours, and none is in a log', async () => {
    machine.ask({
      COMMAND: 'printf "%s\\n" "$PATH" "$API_KEY" "$command $user $job $handover" >seen',
      ENV_PATH: '/nowhere',
      ENV_API_KEY: 'hush=hush',
      ENV_command: 'c',
      ENV_user: 'u',
      ENV_job: 'j',
      ENV_handover: 'h',
      ENV_IFS: '/n',
      ENV_UID: '5',
    });

    const { output } = await machine.boot();

    expect(machine.lines('job', 'seen')).toEqual(['/nowhere', 'hush=hush', 'c u j h']);
    expect(machine.reports()).toEqual([{ detail: expect.objectContaining({ exitCode: 0 }) }]);
    for (const text of [output, machine.read('log/agent.log'), machine.read('calls')])
      expect(text).not.toContain('hush');
  });

  test('the deadline passes - the job is ended with its grandchildren, and DeadlineExceeded is reported', async () => {
    machine.ask({
      // A grandchild in a process group of its own, one in the background, and the job itself.
      COMMAND: `timeout 300 /bin/sh -c 'echo $$ >>pids; sleep 300; :' & (/bin/sh -c 'echo $$ >>pids; sleep 300; :' &) ; echo $$ >>pids; wait`,
    });

    await bootPastDeadline(machine, 3);

    expect(machine.lines('job/pids')).toHaveLength(3);
    expect(machine.lines('job/pids').filter(runs)).toEqual([]);
    expect(machine.reports()).toEqual([
      { error: 'DeadlineExceeded', detail: expect.objectContaining({ exitCode: null, endedAt: instant }) },
    ]);
    expect(machine.lastRun()).toEqual(['finished', first]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('the machine restarts during the job - it is not run again, and JobInterrupted is reported', async () => {
    machine.ask({ COMMAND: 'echo $$ >>pids; sleep 300' });
    await powerCut(machine);

    const { code } = await machine.boot();

    expect(code).toBe(0);
    expect(machine.lines('job/pids')).toHaveLength(1);
    expect(machine.reports()).toEqual([
      {
        error: 'JobInterrupted',
        detail: expect.objectContaining({ exitCode: null, log: expect.stringContaining('s3://') }),
      },
    ]);
    expect(machine.lastRun()).toEqual(['finished', first]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('somebody stops the agent during the job - the job is ended, JobInterrupted reported, the machine powers off', async () => {
    machine.ask({ COMMAND: 'echo $$ >>pids; sleep 300' });
    const boot = machine.start();
    await eventually('the job runs', () => machine.lines('job/pids').length === 1);

    boot.signal('SIGTERM');
    await boot.ended;

    expect(machine.lines('job/pids').filter(runs)).toEqual([]);
    expect(machine.reports()).toEqual([
      { error: 'JobInterrupted', detail: expect.objectContaining({ exitCode: null }) },
    ]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('two agents start at once - one runs the job, the other leaves and does not power off', async () => {
    machine.ask({ COMMAND: 'echo $$ >>pids; until [ -e go ]; do sleep 0.1; done' });
    const boots = [machine.start(), machine.start()];

    const loser = await Promise.race(boots.map(({ ended }) => ended));
    expect(loser).toEqual({ code: 0, output: expect.stringMatching(/another agent \(process \d+\) is at work/) });
    expect(machine.shutdowns()).toEqual([]);
    writeFileSync(machine.path('job/go'), '');
    await Promise.all(boots.map(({ ended }) => ended));

    expect(machine.lines('job/pids')).toHaveLength(1);
    expect(machine.reports()).toHaveLength(1);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });
});

describe('the job', () => {
  test('it starts - the run is recorded before', async () => {
    machine.ask({ COMMAND: `cat ${machine.path('state/last-run')} >seen` });

    await machine.boot();

    expect(machine.lines('job/seen')).toEqual(['started', first]);
  });

  test('the agent keeps its files private - the job has the usual file mode', async () => {
    machine.ask({ COMMAND: 'touch made' });

    await machine.boot();

    expect(run('stat', '-c', '%a', machine.path('job/made')).trim()).toBe((0o666 & ~process.umask()).toString(8));
    expect(
      run('stat', '-c', '%a', machine.path('state/last-run'), machine.path('log/agent.log')).split('\n', 2),
    ).toEqual(['600', '600']);
  });

  test('there is no DIRECTORY and no variable - it runs all the same', async () => {
    machine.ask({ DIRECTORY: '', COMMAND: 'exit 5' });

    await machine.boot();

    expect(machine.reports()).toEqual([{ error: 'JobFailed', detail: expect.objectContaining({ exitCode: 5 }) }]);
  });

  test('DIRECTORY does not exist - JobFailed, the log says why, the command is not run', async () => {
    machine.ask({ DIRECTORY: machine.path('nowhere'), COMMAND: `touch ${machine.path('job/ran')}` });

    await machine.boot();

    expect(machine.reports()).toEqual([
      { error: 'JobFailed', detail: expect.objectContaining({ exitCode: expect.any(Number) }) },
    ]);
    expect(machine.read('s3', 'makenaide-2026-11-21T02-00.log')).toContain('nowhere');
    expect(existsSync(machine.path('job/ran'))).toBe(false);
  });

  test('USER is somebody else - it runs as that user, with its variables', async () => {
    machine.program('runuser', `echo "$*" >>${machine.path('runuser')}\nshift 3\nexec "$@"`);
    machine.ask({ USER: 'ec2-user', COMMAND: 'echo "$COLOUR" >seen', ENV_COLOUR: 'amber' });

    await machine.boot();

    expect(machine.lines('runuser')).toEqual(['-u ec2-user -- /bin/sh -c echo "$COLOUR" >seen']);
    expect(machine.lines('job/seen')).toEqual(['amber']);
  });

  test('USER is the agent itself - no privileges are needed', async () => {
    machine.program('runuser', 'exit 9');
    machine.ask({ USER: run('id', '-un').trim() });

    await machine.boot();

    expect(machine.reports()).toEqual([{ detail: expect.objectContaining({ exitCode: 0 }) }]);
  });

  const real = process.getuid?.() === 0 && which('runuser') ? test : test.skip;
  real(
    'USER is somebody else, with the real runuser - user and home are that one’s, and a deadline still ends it',
    async () => {
      symlinkSync(which('runuser') ?? '', machine.path('bin/runuser'));
      run('chmod', '-R', '777', machine.home);
      machine.ask({
        USER: 'nobody',
        COMMAND: 'id -un >seen; echo "$HOME $COLOUR" >>seen; echo $$ >pids; sleep 300',
        ENV_COLOUR: 'amber',
      });

      await bootPastDeadline(machine, 1);

      expect(machine.lines('job/seen')).toEqual(['nobody', expect.stringMatching(/^(?!\/root).* amber$/)]);
      expect(machine.lines('job/pids').map(runs)).toEqual([false]);
      expect(machine.reports()).toEqual([{ error: 'DeadlineExceeded', detail: expect.anything() }]);
    },
  );

  test('it ignores TERM - it is killed', async () => {
    machine.configure({ KILL_AFTER_SECONDS: 1 });
    machine.ask({ COMMAND: `trap '' TERM; echo $$ >pids; while :; do sleep 1; done` });

    await bootPastDeadline(machine, 1);

    expect(machine.lines('job/pids').map(runs)).toEqual([false]);
    expect(machine.reports()).toEqual([{ error: 'DeadlineExceeded', detail: expect.anything() }]);
  });

  test('it leaves a process behind - that is ended, and the exit code is the job’s', async () => {
    machine.ask({ COMMAND: 'sleep 300 & echo $! >pids' });

    await machine.boot();

    expect(machine.lines('job/pids').map(runs)).toEqual([false]);
    expect(machine.reports()).toEqual([{ detail: expect.objectContaining({ exitCode: 0 }) }]);
  });

  test('there is no setsid - a deadline still ends the job and what it runs', async () => {
    rmSync(machine.path('bin/setsid'));
    machine.ask({ COMMAND: 'echo $$ >pids; sleep 300 & echo $! >>pids; wait' });

    await bootPastDeadline(machine, 2);

    expect(machine.lines('job/pids').map(runs)).toEqual([false, false]);
    expect(machine.reports()).toEqual([{ error: 'DeadlineExceeded', detail: expect.anything() }]);
  });
});

describe('the clean-up', () => {
  test('the job failed - it runs after it, as the job does, and the job stays failed', async () => {
    machine.configure({ CLEANUP_COMMAND: 'echo "cleaned $COLOUR" >>seen' });
    machine.ask({ COMMAND: 'echo job >seen; exit 3', ENV_COLOUR: 'amber' });

    await machine.boot();

    expect(machine.lines('job/seen')).toEqual(['job', 'cleaned amber']);
    expect(machine.reports()).toEqual([
      { error: 'JobFailed', detail: expect.objectContaining({ exitCode: 3, cleanupExitCode: 0 }) },
    ]);
  });

  test('it fails - that is logged and reported, and the job has succeeded', async () => {
    machine.configure({ CLEANUP_COMMAND: 'echo no vacuum; exit 4' });
    machine.ask({});

    const { output } = await machine.boot();

    expect(output).toMatch(/clean-up failed.*4/);
    expect(machine.read('s3', 'makenaide-2026-11-21T02-00.log')).toContain('no vacuum');
    expect(machine.reports()).toEqual([{ detail: expect.objectContaining({ exitCode: 0, cleanupExitCode: 4 }) }]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('it hangs - it is cut off, heartbeats go on meanwhile, and the job is reported', async () => {
    machine.configure({ CLEANUP_COMMAND: 'echo $$ >pids; sleep 300', CLEANUP_SECONDS: 4 });
    machine.ask({});

    await machine.boot();

    expect(machine.lines('job/pids').map(runs)).toEqual([false]);
    expect(machine.calls('send-task-heartbeat').length).toBeGreaterThan(1);
    expect(machine.reports()).toEqual([{ detail: expect.objectContaining({ exitCode: 0, cleanupExitCode: 124 }) }]);
  });

  test('the deadline has passed - it runs all the same', async () => {
    machine.configure({ CLEANUP_COMMAND: 'touch cleaned' });
    machine.ask({ COMMAND: 'echo $$ >pids; sleep 300' });

    await bootPastDeadline(machine, 1);

    expect(existsSync(machine.path('job/cleaned'))).toBe(true);
    expect(machine.reports()).toEqual([
      { error: 'DeadlineExceeded', detail: expect.objectContaining({ cleanupExitCode: 0 }) },
    ]);
  });
});

describe('the state machine', () => {
  test('the job takes a while - it hears heartbeats, and none after the report', async () => {
    machine.ask({ COMMAND: 'until [ -e go ]; do sleep 0.1; done' });
    const boot = machine.start();
    await eventually('three heartbeats', () => machine.calls('send-task-heartbeat').length >= 3);

    writeFileSync(machine.path('job/go'), '');
    await boot.ended;

    expect(machine.calls().at(-1)).toContain('send-task-success');
  });

  test('it gave up on the job (TaskTimedOut) - the job is ended, nothing is retried, the machine powers off', async () => {
    machine.ask({ COMMAND: 'echo $$ >pids; sleep 300' });
    const boot = machine.start();
    await eventually('the job runs', () => machine.lines('job/pids').length === 1);

    machine.fault('send-task-heartbeat', { always: timedOut });
    machine.fault('send-task-failure', { always: timedOut });
    const { output } = await boot.ended;

    expect(output).toContain('TaskTimedOut');
    expect(machine.lines('job/pids').map(runs)).toEqual([false]);
    expect(machine.reports().map(({ error }) => error)).toEqual(['JobAbandoned']);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('it cannot be reached for heartbeats - the job goes on', async () => {
    machine.fault('send-task-heartbeat', { always: offline });
    machine.ask({ COMMAND: 'until [ -e go ]; do sleep 0.1; done' });
    const boot = machine.start();
    await eventually('three heartbeats', () => machine.calls('send-task-heartbeat').length >= 3);

    writeFileSync(machine.path('job/go'), '');
    await boot.ended;

    expect(machine.reports()).toEqual([{ detail: expect.objectContaining({ exitCode: 0 }) }]);
  });

  test('it cannot be reached twice - the report is tried again', async () => {
    machine.fault('send-task-success', [
      offline,
      'An error occurred (ThrottlingException) when calling the operation: slow down',
    ]);
    machine.ask({});

    await machine.boot();

    expect(machine.calls('send-task-success')).toHaveLength(3);
    expect(machine.lastRun()).toEqual(['finished', first]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('it cannot be reached at all - after five tries the machine powers off, and the job is not run again', async () => {
    machine.fault('send-task-failure', { always: offline });
    machine.ask({ COMMAND: 'exit 3' });

    const { output } = await machine.boot();

    expect(machine.calls('send-task-failure')).toHaveLength(5);
    expect(output).toContain('send-task-failure failed: Could not connect');
    expect(machine.lastRun()).toEqual(['finished', first]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('AWS hangs - every call is cut off, and the machine powers off', async () => {
    machine.configure({ AWS_SECONDS: 1, REPORT_PAUSES: '0.1' });
    for (const operation of ['send-task-heartbeat', 'send-task-success', 'cp'])
      writeFileSync(machine.path(`faults/${operation}.hang`), '');
    machine.ask({ COMMAND: 'touch ran' });

    await machine.boot();

    expect(existsSync(machine.path('job/ran'))).toBe(true);
    expect(machine.calls('send-task-success')).toHaveLength(2);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('the log cannot be copied - that is logged, the job is reported with the local log, the machine powers off', async () => {
    machine.fault('cp', {
      always: 'upload failed: An error occurred (AccessDenied) when calling the PutObject operation',
    });
    machine.ask({});

    const { output } = await machine.boot();

    expect(output).toMatch(/cannot copy the log: upload failed/);
    expect(machine.reports()).toEqual([
      { detail: expect.objectContaining({ exitCode: 0, log: machine.path('log/makenaide-2026-11-21T02-00.log') }) },
    ]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('there is no bucket - nothing is copied, the report names the local log', async () => {
    machine.configure({ LOG_BUCKET: '' });
    machine.ask({});

    await machine.boot();

    expect(machine.calls('s3 cp')).toEqual([]);
    expect(machine.reports()).toEqual([
      { detail: expect.objectContaining({ log: machine.path('log/makenaide-2026-11-21T02-00.log') }) },
    ]);
  });
});

describe('the task token', () => {
  test('a run from begin to end - it is in a private file only: no argument, no log, no environment, nothing left', async () => {
    machine.configure({ CLEANUP_COMMAND: 'env >clean-up' });
    machine.ask({ COMMAND: 'env >job; sleep 2' });

    const { output } = await machine.boot();

    const inputs = machine.lines('inputs');
    expect(inputs.length).toBeGreaterThan(3);
    expect([...new Set(inputs)].sort()).toEqual(['600', JSON.stringify({ taskToken: token })]);
    for (const text of [
      output,
      machine.read('log/agent.log'),
      machine.read('calls'),
      machine.read('job/job'),
      machine.read('job/clean-up'),
    ]) {
      expect(text).not.toBe('');
      expect(text).not.toContain('SECRET');
    }
    const left = readdirSync(machine.path('state'), { recursive: true, encoding: 'utf8' });
    expect(left.sort()).toEqual(['last-run', expect.stringMatching(/^lock-/)]);
  });

  test('an error text quotes it - it is withheld from the log', async () => {
    machine.fault('send-task-success', [`Invalid value ${token} for taskToken`]);
    machine.ask({});

    const { output } = await machine.boot();

    expect(output).toContain('withheld');
    expect(output + machine.read('log/agent.log')).not.toContain('SECRET');
    expect(machine.calls('send-task-success')).toHaveLength(2);
  });

  test('systemd gives a runtime directory - the token is kept there and not on the disk', async () => {
    mkdirSync(machine.path('runtime'));
    machine.ask({ COMMAND: `ls ${machine.path('runtime/work')} ${machine.path('state')} >seen` });

    await machine.boot({ RUNTIME_DIRECTORY: machine.path('runtime') });

    expect(machine.lines('job/seen').join()).toMatch(/runtime\/work:,error,token\.json,.*state:,last-run,lock-[^,]+$/);
    expect(readdirSync(machine.path('runtime'))).toEqual([]);
  });

  test('there is none, since a person put the parameter - the job runs, nobody is told', async () => {
    machine.ask({ TASK_TOKEN: '', COMMAND: 'touch ran' });

    await machine.boot();

    expect(existsSync(machine.path('job/ran'))).toBe(true);
    expect(machine.calls('stepfunctions')).toEqual([]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });
});

describe('waiting for a job', () => {
  test('the parameter comes late - it is polled until it is there', async () => {
    const boot = machine.start();
    await eventually('three looks', () => machine.calls('get-parameter').length >= 3);
    machine.ask({});

    await boot.ended;

    expect(machine.calls('get-parameter')[0]).toBe(
      'ssm get-parameter --name /lamplighter/dev/makenaide/job --with-decryption --query Parameter.Value --output text',
    );
    expect(machine.reports()).toHaveLength(1);
  });

  test('it still holds the run that is done - only the next one is run', async () => {
    machine.ask({ COMMAND: 'echo $RUN >>seen', ENV_RUN: 'one' });
    await machine.boot();
    const boot = machine.start();
    await eventually('three more looks', () => machine.calls('get-parameter').length >= 4);
    machine.ask({ RUN: second, COMMAND: 'echo $RUN >>seen', ENV_RUN: 'two' });

    await boot.ended;

    expect(machine.lines('job/seen')).toEqual(['one', 'two']);
    expect(machine.lastRun()).toEqual(['finished', second]);
    expect(machine.shutdowns()).toEqual(['-h +1', '-h +1']);
  });

  test('it still holds a run that nobody waits for - that one is not run, the next one is', async () => {
    machine.fault('send-task-heartbeat', [timedOut]);
    machine.ask({ COMMAND: 'echo old >>seen' });
    const boot = machine.start();
    await eventually('a look after the refusal', () => machine.calls('get-parameter').length >= 3);
    machine.ask({ RUN: second, COMMAND: 'echo new >>seen' });

    await boot.ended;

    expect(machine.lines('job/seen')).toEqual(['new']);
    expect(machine.calls('send-task-heartbeat')).toHaveLength(2);
    expect(machine.reports()).toHaveLength(1);
  });

  test('it holds a run whose deadline is over, or that has no command - that one is not run, the next one is', async () => {
    machine.ask({ COMMAND: 'echo late >>seen', DEADLINE: inSeconds(-1) });
    const boot = machine.start();
    await eventually('two looks', () => machine.calls('get-parameter').length >= 2);
    machine.ask({ RUN: 'makenaide without a command', COMMAND: '' });
    await eventually('two more', () => machine.calls('get-parameter').length >= 5);
    expect(machine.calls('stepfunctions')).toEqual([]);
    machine.ask({ RUN: second, COMMAND: 'echo new >>seen' });

    const { output } = await boot.ended;

    expect(output).toContain(`${first}: not run`);
    expect(machine.lines('job/seen')).toEqual(['new']);
  });

  test('it holds a run that a restart broke off and nobody waits for - the next one is run', async () => {
    machine.ask({ COMMAND: 'echo $$ >>pids; sleep 300' });
    await powerCut(machine);
    machine.fault('send-task-heartbeat', [timedOut]);
    const boot = machine.start();
    await eventually('the refusal', () => machine.calls('send-task-heartbeat').length === 2);
    machine.ask({ RUN: second, COMMAND: 'echo new >>seen' });

    await boot.ended;

    expect(machine.lines('job/pids')).toHaveLength(1);
    expect(machine.lines('job/seen')).toEqual(['new']);
    expect(machine.lastRun()).toEqual(['finished', second]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('a restart broke a run off and nothing follows - it is not run, and the machine powers off', async () => {
    machine.configure({ WAIT_FOR_JOB_SECONDS: 0 });
    machine.ask({ COMMAND: 'echo $$ >>pids; sleep 300' });
    await powerCut(machine);
    machine.fault('send-task-heartbeat', { always: timedOut });

    await machine.boot();

    expect(machine.lines('job/pids')).toHaveLength(1);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('nobody asks - the last job is run without a report, and the machine powers off', async () => {
    machine.configure({ WAIT_FOR_JOB_SECONDS: 0 });
    machine.ask({ COMMAND: 'echo "$COLOUR" >>seen; exit 3', ENV_COLOUR: 'amber' });
    await machine.boot();

    await machine.boot();

    expect(machine.lines('job/seen')).toEqual(['amber', 'amber']);
    expect(machine.reports()).toHaveLength(1);
    expect(machine.lastRun()).toEqual(['finished', first]);
    expect(readdirSync(machine.path('s3'))).toContainEqual(expect.stringMatching(/^not-asked-\d{4}-/));
    expect(machine.shutdowns()).toEqual(['-h +1', '-h +1']);
  });

  test('nobody asks and the last job hangs - it is ended, and the machine powers off', async () => {
    machine.configure({ WAIT_FOR_JOB_SECONDS: 0 });
    machine.ask({ COMMAND: 'echo $$ >pids; sleep 300', DEADLINE: inSeconds(-1) });

    const { output } = await bootPastDeadline(machine, 1);

    expect(output).toContain('DeadlineExceeded');
    expect(machine.lines('job/pids').map(runs)).toEqual([false]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('nobody asks and WHEN_NOT_ASKED is stay - nothing is run, and the machine stays on', async () => {
    machine.configure({ WAIT_FOR_JOB_SECONDS: 0, WHEN_NOT_ASKED: 'stay' });
    machine.ask({ COMMAND: 'echo ran >>seen' });
    await machine.boot();
    expect(machine.shutdowns()).toEqual(['-h +1']);

    const { code, output } = await machine.boot();

    expect(code).toBe(0);
    expect(output).toContain('the machine stays on');
    expect(machine.lines('job/seen')).toEqual(['ran']);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('there is no parameter - the log says so, and the machine stays on', async () => {
    machine.configure({ WAIT_FOR_JOB_SECONDS: 0 });

    const { output } = await machine.boot();

    expect(output).toMatch(
      /nobody asked for a job by \/lamplighter\/dev\/makenaide\/job: the machine stays on\. .*ParameterNotFound/,
    );
    expect(machine.shutdowns()).toEqual([]);
  });

  test('somebody stops the agent meanwhile - it leaves at once, and the machine stays on', async () => {
    machine.configure({ POLL_SECONDS: 300 });
    const boot = machine.start();
    await eventually('a look', () => machine.calls('get-parameter').length === 1);

    boot.signal('SIGTERM');
    await boot.ended;

    expect(machine.shutdowns()).toEqual([]);
  });
});

describe('the lock', () => {
  const lock = (name: string, pid: number) => {
    mkdirSync(machine.path('state'), { recursive: true });
    symlinkSync(String(pid), machine.path('state', name));
  };
  const ofThisBoot = () => `lock-${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}.1`;

  test('its holder was killed - the next agent takes over', async () => {
    machine.ask({ COMMAND: 'echo $$ >>pids; sleep 300' });
    await powerCut(machine, { sameBoot: true });
    machine.ask({ RUN: second });

    await machine.boot();

    expect(machine.lastRun()).toEqual(['finished', second]);
    expect(machine.locks()).toHaveLength(2);
  });

  test('its holder died and another program has the number now - the agent takes over', async () => {
    lock(ofThisBoot(), process.pid);
    machine.ask({});

    await machine.boot();

    expect(machine.reports()).toHaveLength(1);
  });

  test('it is of an earlier boot, and its number is an agent’s again - it does not count and is removed', async () => {
    const agent = spawn('sh', ['-c', 'read line', 'lamplighter-agent'], { stdio: 'pipe' });
    lock('lock-of-an-earlier-boot.1', agent.pid ?? 0);
    machine.ask({});

    await machine.boot();
    agent.kill();

    expect(machine.reports()).toHaveLength(1);
    expect(machine.locks()).toEqual([ofThisBoot()]);
  });

  test('many agents find it stale at once - exactly one runs the job', async () => {
    lock(ofThisBoot(), 999_999_999);
    machine.ask({ COMMAND: 'echo $$ >>pids; until [ -e go ]; do sleep 0.1; done' });
    const boots = Array.from({ length: 8 }, () => machine.start());
    let ended = 0;
    for (const boot of boots)
      void boot.ended.then(() => {
        ended += 1;
      });

    await eventually('all but one have left', () => ended === 7);
    writeFileSync(machine.path('job/go'), '');
    await Promise.all(boots.map((boot) => boot.ended));

    expect(machine.lines('job/pids')).toHaveLength(1);
    expect(machine.shutdowns()).toEqual(['-h +1']);
    expect(readlinkSync(machine.path('state', ofThisBoot().replace(/1$/, '2')))).toMatch(/^\d+$/);
  });
});

describe('a fault of the set-up', () => {
  test('there is no agent.conf - the message names it and the mend, and the machine stays on', async () => {
    const { code, output } = await machine.boot({ LAMPLIGHTER_CONF: machine.path('none.conf') });

    expect(code).toBe(78);
    expect(output).toContain(`cannot read ${machine.path('none.conf')}: copy agent.conf.example there`);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(machine.shutdowns()).toEqual([]);
  });

  test.each<{ what: string; settings: Record<string, string>; message: RegExp }>([
    { what: 'lacks PARAMETER', settings: { PARAMETER: '' }, message: /lacks PARAMETER=/ },
    {
      what: 'has a wrong WHEN_NOT_ASKED',
      settings: { WHEN_NOT_ASKED: 'perhaps' },
      message: /WHEN_NOT_ASKED in .*: write run or stay/,
    },
    { what: 'has a wrong number', settings: { HEARTBEAT_SECONDS: '1m' }, message: /'1m' in .*: write whole seconds/ },
  ])('agent.conf $what - the message says so, and the machine stays on', async ({ settings, message }) => {
    machine.configure(settings);
    machine.ask({});

    const { code, output } = await machine.boot();

    expect(code).toBe(78);
    expect(output).toMatch(message);
    expect(machine.shutdowns()).toEqual([]);
  });

  test('agent.conf is not valid shell - the message names it, and the machine stays on', async () => {
    writeFileSync(machine.path('agent.conf'), "PARAMETER='/lamplighter\n");

    const { code, output } = await machine.boot();

    expect(code).not.toBe(0);
    expect(output).toContain('agent.conf');
    expect(machine.shutdowns()).toEqual([]);
  });

  test.each([
    { when: 'run', shutdowns: ['-h +15'] },
    { when: 'stay', shutdowns: [] },
  ])(
    'there is no aws, WHEN_NOT_ASKED is $when - the message says what to install, powering off leaves time for it',
    async ({ when, shutdowns }) => {
      machine.configure({ WHEN_NOT_ASKED: when });
      rmSync(machine.path('bin/aws'));

      const { code, output } = await machine.boot();

      expect(code).toBe(78);
      expect(output).toMatch(/no aws on the PATH .*: install the AWS CLI, version 2/);
      expect(machine.shutdowns()).toEqual(shutdowns);
    },
  );

  test('the state cannot be written - the message says so, and the machine powers off late', async () => {
    writeFileSync(machine.path('state'), 'a file where a directory should be');

    const { code, output } = await machine.boot();

    expect(code).toBe(78);
    expect(output).toContain(`cannot make ${machine.path('state')}`);
    expect(machine.shutdowns()).toEqual(['-h +15']);
  });

  test('the start cannot be recorded - the job is not run, JobNotStarted is reported, the machine powers off', async () => {
    mkdirSync(machine.path('state/last-run.new'), { recursive: true });
    machine.ask({ COMMAND: 'touch ran' });

    await machine.boot();

    expect(existsSync(machine.path('job/ran'))).toBe(false);
    expect(machine.reports()).toEqual([{ error: 'JobNotStarted', detail: expect.anything() }]);
    expect(machine.shutdowns()).toEqual(['-h +1']);
  });

  test('a shutdown in a minute is refused - the machine is shut down now', async () => {
    machine.configure({ POWEROFF_DELAY_MINUTES: 3 });
    writeFileSync(machine.path('faults/shutdown'), '');
    machine.ask({});

    await machine.boot();

    expect(machine.shutdowns()).toEqual(['-h +3', '-h now']);
  });
});

describe('what is shipped', () => {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  test('the script - it is short, and no shell and no linter complains', () => {
    expect(read('lamplighter-agent.sh').split('\n').length).toBeLessThan(251);
    for (const [shell = 'sh'] of shells()) run(shell, '-n', agent);
    if (which('shellcheck')) expect(run('shellcheck', '--shell', 'sh', agent)).toBe('');
  });

  test('agent.conf.example - every line in it is a setting that the script knows, with the script’s default', () => {
    const settings = [...read('agent.conf.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(
      ([, key = '', value = '']) => [key, value],
    );
    expect(settings.length).toBeGreaterThan(10);
    for (const [key = '', value = ''] of settings)
      if (!['PARAMETER', 'LOG_BUCKET', 'CLEANUP_COMMAND'].includes(key))
        expect(read('lamplighter-agent.sh')).toMatch(new RegExp(`[ ]${key}=${value}(\\s|$)`, 'm'));
    run('sh', '-c', '. "$0" && [ "$PARAMETER" ]', join(folder, 'agent.conf.example'));
  });

  test('cloud-init.yml - it installs and enables the three files', () => {
    expect(read('cloud-init.yml').startsWith('#cloud-config\n')).toBe(true);
    const { write_files: files, runcmd } = parse(read('cloud-init.yml')) as {
      write_files: { path: string; content: string }[];
      runcmd: string[][];
    };
    expect(files.map(({ path }) => path)).toEqual(['/etc/lamplighter/agent.conf']);
    const [[program, options, script = ''] = []] = runcmd;
    expect([program, options]).toEqual(['sh', '-ec']);
    expect(script).toContain('lamplighter-agent.sh');
    expect(script).toContain('lamplighter-agent.service');
    expect(script).toContain('systemctl enable lamplighter-agent.service');
    run('sh', '-n', '-c', script);
  });

  test('README.md - its policy is valid JSON and allows what the script calls', () => {
    const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
    const { Statement } = JSON.parse(policy) as { Statement: { Action: string | string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(
      [
        's3:PutObject',
        'ssm:GetParameter',
        'states:SendTaskFailure',
        'states:SendTaskHeartbeat',
        'states:SendTaskSuccess',
      ].sort(),
    );
  });
});

/** Boots, and lets three hours pass as soon as the job's processes run. */
async function bootPastDeadline(machine: Machine, processes: number): Promise<Ended> {
  const boot = machine.start();
  await eventually('the job runs', () => machine.lines('job/pids').length === processes);
  machine.passTime(3 * 3600);
  return boot.ended;
}

/** Boots, and cuts the power as soon as the job runs: agent, watch and job die at once, and a new boot has a new id. */
async function powerCut(machine: Machine, { sameBoot = false } = {}): Promise<void> {
  const boot = machine.start();
  await eventually('the job runs', () => machine.lines('job/pids').length === 1);
  process.kill(-(boot.child.pid ?? 0), 'SIGKILL');
  run('sh', '-c', 'kill -KILL -"$0"', machine.lines('job/pids')[0] ?? '');
  await boot.ended;
  if (!sameBoot) for (const lock of machine.locks()) rmSync(machine.path('state', lock));
  expect(machine.lastRun()[0]).toBe('started');
  expect(machine.shutdowns()).toEqual([]);
}

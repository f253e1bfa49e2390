import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bootHandover, commandRequest, jobVariables } from '../../shared/job.ts';
import type { Job } from '../../shared/stage/compiled.ts';
import { aWorkload, INSTANCE, KEY } from './builders.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamplighter-job-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, "it's a `place` $(x)"));
  const stub = (name: string, text: string) => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  };
  // Says as whom, then runs what follows the dashes.
  stub('runuser', `printf '%s\\n' "$*" > '${folder}/runuser'; shift 3; exec "$@"`);
  stub('aws', `printf '%s\\n' "$*" >> '${folder}/aws'; printf '%s\\n' "the \\$(touch evil) 'value'"`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the produced command line as the SSM agent would: by `sh`, as the only line of a script. */
function run(job: Partial<Job>, variables: Record<string, string> = {}): string {
  const { Parameters } = commandRequest('dev', 'nightly', aWorkload({ run: job }), variables);
  const script = join(folder, 'script.sh');
  writeFileSync(script, Parameters.commands.join('\n'));
  return execFileSync('sh', [script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
    env: { PATH: `${join(folder, 'bin')}:${process.env['PATH']}` },
  });
}

const NASTY = [
  `it's "quoted"`,
  '  two  spaces  ',
  '$(touch evil)',
  '`touch evil`',
  '; touch evil #',
  '$HOME \\ \\n ${x} !! * ~ & | > evil',
  "'; touch evil; '",
  '',
  '-n',
  '한글 🔥',
];

describe('commandRequest, run by a real shell', () => {
  test.each(NASTY)('the value %j of a variable - reaches the job as it is, and nothing of it is evaluated', (value) => {
    expect(run({ command: 'printf "%s" "$VALUE"' }, { VALUE: value })).toBe(value);
    expect(readdirSync(folder)).not.toContain('evil');
  });

  test('a command with quotes, variables and pipes - means what it would in a shell', () => {
    expect(run({ command: `echo "it's $NAME" | tr a-z A-Z; false || echo 'done'` }, { NAME: 'ana' })).toBe(
      "IT'S ANA\ndone\n",
    );
  });

  test('the command fails - its exit code is that of the line', () => {
    expect(() => run({ command: 'exit 7' })).toThrow(expect.objectContaining({ status: 7 }));
  });

  test('a directory with every kind of quote - the command runs in it', () => {
    const cwd = join(folder, "it's a `place` $(x)");
    expect(run({ command: 'pwd', cwd })).toBe(`${cwd}\n`);
  });

  test('a directory that does not exist - the command does not run elsewhere', () => {
    expect(() => run({ command: 'touch evil', cwd: join(folder, 'nowhere') })).toThrow();
    expect(readdirSync(folder)).not.toContain('evil');
  });

  test('a user - the job runs as that user, and its variables get there', () => {
    expect(run({ command: 'echo "$A $B"', user: 'ec2-user' }, { A: '1', B: '2' })).toBe('1 2\n');
    expect(execFileSync('cat', [join(folder, 'runuser')], { encoding: 'utf8' })).toMatch(/^-u ec2-user -- sh -c echo/);
  });

  test('a reference - read by the instance itself at the time of the run, its value not evaluated', () => {
    const request = commandRequest('dev', 'nightly', aWorkload(), { KEY: 'ssm:/app/api-key' });
    expect(request.Parameters.commands.join('\n')).toContain(
      "aws ssm get-parameter --with-decryption --name '/app/api-key'",
    );
    expect(run({ command: 'printf "%s" "$KEY"' }, { KEY: 'ssm:/app/api-key' })).toBe("the $(touch evil) 'value'");
    expect(readdirSync(folder)).not.toContain('evil');
  });

  test.each(["ssm:/a'; touch evil; '", 'ssm:/$(touch evil)'])('the odd reference %j - quoted too', (reference) => {
    run({ command: 'true' }, { KEY: reference });
    expect(readdirSync(folder)).not.toContain('evil');
  });

  test('a reference that cannot be read - the job is not run without it', () => {
    writeFileSync(join(folder, 'bin', 'aws'), '#!/bin/sh\nexit 255\n');
    expect(() => run({ command: 'touch evil' }, { KEY: 'ssm:/app/api-key' })).toThrow();
    expect(readdirSync(folder)).not.toContain('evil');
  });
});

describe('commandRequest', () => {
  test('the request - one instance, its deadline, its log group, no bucket unless asked for', () => {
    const request = commandRequest('dev', 'nightly', aWorkload({ deadlineSeconds: 900 }), {});
    expect(request).toMatchObject({
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [INSTANCE],
      Parameters: { executionTimeout: ['900'] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: '/lamplighter/dev/nightly' },
    });
    expect(request).not.toHaveProperty('OutputS3BucketName');
    expect(request.Comment.length).toBeLessThanOrEqual(100);
  });

  test('a bucket for the logs - in the request', () => {
    const workload = aWorkload({ run: { logs: { bucket: 'example-logs', prefix: 'jobs' } } });
    expect(commandRequest('dev', 'nightly', workload, {})).toMatchObject({
      OutputS3BucketName: 'example-logs',
      OutputS3KeyPrefix: 'jobs',
    });
  });
});

describe('bootHandover', () => {
  const handover = (job: Partial<Job>, variables = {}) =>
    bootHandover(`nightly ${KEY}`, aWorkload({ run: { by: 'boot', ...job } }), variables, 1_793_559_605_999);

  test('everything - in the agent’s order, ready for the task token', () => {
    expect(
      handover({ command: './a.sh --x=1', cwd: '/srv', user: 'app' }, { A: 'x=y', B: `it's` }).split('\n'),
    ).toEqual([
      `RUN=nightly ${KEY}`,
      'DEADLINE=1793559605',
      'COMMAND=./a.sh --x=1',
      'DIRECTORY=/srv',
      'USER=app',
      'ENV_A=x=y',
      "ENV_B=it's",
      'TASK_TOKEN=',
    ]);
  });

  test('no directory and no user - no lines for them', () => {
    expect(handover({})).not.toMatch(/DIRECTORY|USER/);
  });
});

describe('jobVariables', () => {
  const workload = aWorkload({
    at: [
      { time: '02:00', parameters: { risk: 'slot' } },
      { time: '09:00', parameters: {} },
    ],
    run: { environment: { LEVEL: 'info' }, parameters: { risk: 'low', type: 'full' } },
  });

  test('nothing asked - the environment, and the parameters in capitals', () => {
    expect(jobVariables(workload, '2026-11-02T09:00', {})).toEqual({ LEVEL: 'info', RISK: 'low', TYPE: 'full' });
  });

  test('the slot has its own - it wins; the request wins over it', () => {
    expect(jobVariables(workload, KEY, {})).toMatchObject({ RISK: 'slot', TYPE: 'full' });
    expect(jobVariables(workload, KEY, { risk: 'asked' })).toMatchObject({ RISK: 'asked' });
  });

  test('by hand at the minute of a slot - not that slot’s', () => {
    expect(jobVariables(workload, `${KEY}:41`, {})).toMatchObject({ RISK: 'low' });
  });

  test.each(['mode', 'RISK', 'LEVEL', 'toString', '__proto__'])(
    '%s is asked for, which nobody declared - InvalidInput naming it',
    (name) => {
      const asked = Object.fromEntries([[name, 'x']]);
      expect(() => jobVariables(workload, KEY, asked)).toThrow(
        expect.objectContaining({ name: 'InvalidInput', message: expect.stringContaining(`${name} not declared`) }),
      );
    },
  );
});

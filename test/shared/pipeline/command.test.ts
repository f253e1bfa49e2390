import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stepCommand } from '../../../shared/pipeline/command.ts';
import { numbersIn } from '../../../shared/pipeline/numbers.ts';
import { aStage } from '../builders.ts';
import { SERVER } from './a-pipeline.ts';

/** Of what a command prints, Systems Manager gives so much. */
const GIVEN = 24_000;

function requestFor(command: string, more: object = {}, seconds = 300) {
  const work = { by: 'command' as const, on: SERVER, command, environment: {}, ...more };
  return stepCommand(aStage(), 'collection', 'kospi', work, { LAMPLIGHTER_STEP: 'kospi' }, seconds);
}

/** Runs what the agent on a server would run. */
function run(shell: string, command: string, more: object = {}) {
  const script = requestFor(command, more).Parameters.commands.join('\n');
  return new Promise<{ code: number; output: string; errors: string }>((resolve) => {
    const options = { maxBuffer: 10 ** 7, timeout: 20_000 };
    execFile(shell, ['-c', script], options, (error, output, errors) =>
      resolve({ code: error ? Number(error.code) : 0, output, errors }),
    );
  });
}

describe('stepCommand', () => {
  test('the request - to the server alone, no longer than the step may take, all of it logged', () => {
    expect(requestFor('./collect.sh')).toMatchObject({
      InstanceIds: [SERVER],
      TimeoutSeconds: 300,
      Parameters: { executionTimeout: ['300'] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: '/lamplighter/dev/collection' },
    });
  });

  test.each([
    [5, 30],
    [7200, 600],
  ])('a step of %s seconds - a server that is off gets the command within %s', (seconds, within) => {
    expect(requestFor('true', {}, seconds).TimeoutSeconds).toBe(within);
  });
});

describe.each(['dash', 'bash'])('the script in %s', (shell) => {
  test.each([
    ['true', 0],
    ['exit 3', 3],
    ['kill -9 $$', 137],
    ['no-such-program', 127],
  ])('%s - ends with %s', async (command, code) => {
    expect((await run(shell, command)).code).toBe(code);
  });

  test('variables, directory and quotes - as they are in the stage file', async () => {
    const command = `printf '%s|' "$PWD" "$WHO" "$LAMPLIGHTER_STEP"; echo; echo oops >&2`;
    const { output, errors } = await run(shell, command, { cwd: '/usr', environment: { WHO: `it's "me" $HOME` } });
    expect(output).toBe(`/usr|it's "me" $HOME|kospi|\n`);
    expect(errors).toBe('oops\n');
  });

  test('much more than Systems Manager gives - its numbers are in what is given, and nothing is lost', async () => {
    const command = 'seq 1 20000; echo "::metric collected=2712"; seq 20001 40000; exit 4';
    const { code, output, errors } = await run(shell, command);
    expect(code).toBe(4);
    expect(numbersIn(output.slice(0, GIVEN))).toEqual({ collected: 2712 });
    const said = `${output}${errors}`.split('\n').filter((line) => /^\d+$/.test(line));
    expect(new Set(said).size).toBe(40_000);
  });

  test('a last line of JSON after very much - its numbers too', async () => {
    const { output } = await run(shell, `seq 1 20000; echo '{"collected": 2712}'`);
    expect(numbersIn(output.slice(0, GIVEN))).toEqual({ collected: 2712 });
  });

  test('a server without awk - it runs all the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lamplighter-no-awk-'));
    symlinkSync('/bin/sh', join(folder, 'sh'));
    const ran = await run(shell, 'echo "::metric n=1"; exit 5', { environment: { PATH: folder } });
    rmSync(folder, { recursive: true });
    expect(ran).toEqual({ code: 5, output: '::metric n=1\n', errors: '' });
  });
});

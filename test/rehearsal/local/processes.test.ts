import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../../rehearsal/clock.ts';
import { Processes } from '../../../rehearsal/local/processes.ts';
import { Random } from '../../../rehearsal/random.ts';
import { parseScenario } from '../../../rehearsal/scenario.ts';
import { World } from '../../../rehearsal/world.ts';
import { aStage } from '../../shared/builders.ts';

const START = Date.parse('2026-11-23T07:30:00Z');
const realTimeout = globalThis.setTimeout;

let clock: VirtualClock;
let processes: Processes;
let told: string[];
beforeEach(() => {
  clock = new VirtualClock(START);
  told = [];
  const world = new World(clock, new Random(1), parseScenario({}), aStage());
  processes = new Processes(world, { ...process.env, GIVEN: 'given' }, (text) => told.push(text));
});
afterEach(() => {
  processes.stop();
  clock.uninstall();
});

const call = (operation: string, input: object) =>
  (processes.operations()[operation] as unknown as (input: object) => Record<string, unknown>)(input);

function send(command: string, seconds = 60): string {
  const { Command } = call('SendCommand', {
    ...{ InstanceIds: ['mi-1'], DocumentName: 'AWS-RunShellScript', Comment: 'one' },
    Parameters: { commands: [command], executionTimeout: [String(seconds)] },
  }) as { Command: { CommandId: string; RequestedDateTime: string } };
  expect(Command.RequestedDateTime).toBe('2026-11-23T07:30:00.000Z');
  return Command.CommandId;
}

const asked = (CommandId: string) => call('GetCommandInvocation', { CommandId, InstanceId: 'mi-1' });

/** Waits in real time. */
async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds() && waited < 10_000; waited += 10)
    await new Promise((resolve) => realTimeout(resolve, 10));
  expect(holds()).toBe(true);
}

/** One that has ended and that nobody has asked after yet is no process any more. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

describe('Processes', () => {
  test('a command - is a process of this machine, and what it prints is known when it has ended', async () => {
    const id = send('echo "$GIVEN"; sleep 0.2; exit 3');
    expect(asked(id)).toMatchObject({ Status: 'InProgress', StandardOutputContent: '' });
    expect(processes.running).toBe(1);
    await until(() => processes.running === 0);
    expect(asked(id)).toMatchObject({ Status: 'Failed', ResponseCode: 3, StandardOutputContent: 'given\n' });
    expect(told).toEqual(['one begins', 'one ended with 3']);
  });

  test.each([
    ['its time is up', () => clock.pass(60_000), { Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' }],
    ['it is cancelled', (id: string) => call('CancelCommand', { CommandId: id }), { Status: 'Cancelled' }],
    ['all is over', () => processes.stop(), { Status: 'Cancelled' }],
  ])('%s - the process ends with what it has started, and stays ended', async (_, act, said) => {
    const id = send('sleep 600 & echo $! >&2; echo "error $!" >&2; wait');
    await until(() => told.length > 1);
    const child = Number(/error (\d+)/.exec(told.join())?.[1]);
    expect(isAlive(child)).toBe(true);
    await act(id);
    await until(() => processes.running === 0);
    await until(() => !isAlive(child));
    expect(asked(id)).toMatchObject(said);
  });

  test('a command that is not there - InvocationDoesNotExist', () => {
    expect(() => asked('other')).toThrow(expect.objectContaining({ name: 'InvocationDoesNotExist' }));
  });
});

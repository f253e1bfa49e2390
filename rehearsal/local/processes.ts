import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { type Command, described, listed, type SendCommand } from '../aws/commands.ts';
import { AwsError } from '../aws/errors.ts';
import type { Service, World } from '../world.ts';

/** Systems Manager keeps less of an output; more than this is not held in memory either. */
const LONGEST_OUTPUT = 10 ** 7;

interface Process extends Command {
  child?: ChildProcess;
}

/** Run Command whose commands are processes on this machine. */
export class Processes {
  /** How many are running: while there is one, time passes as it does. */
  running = 0;
  readonly #world: World;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #told: (text: string) => void;
  readonly #commands = new Map<string, Process>();

  /** @param environment what the processes have besides what their commands set */
  constructor(world: World, environment: NodeJS.ProcessEnv, told: (text: string) => void) {
    this.#world = world;
    // The same Node as this one, which may not be the machine's.
    const path = `${dirname(process.execPath)}:${environment['PATH'] ?? ''}`;
    this.#environment = { ...environment, PATH: path, NODE_OPTIONS: '' };
    this.#told = told;
  }

  /** The calls that it answers. */
  operations(): Service {
    return {
      SendCommand: (asked: SendCommand) => this.#send(asked),
      GetCommandInvocation: ({ CommandId }: { CommandId: string }) => described(this.#get(CommandId)),
      ListCommands: (asked: Parameters<typeof listed>[1]) => listed(this.#commands.values(), asked),
      CancelCommand: ({ CommandId }: { CommandId: string }) => {
        this.#end(this.#get(CommandId), 'Cancelled', 'Cancelled', -1);
        return {};
      },
    };
  }

  /** Ends what is still running, so that nothing outlives the run. */
  stop(): void {
    for (const command of this.#commands.values()) this.#end(command, 'Cancelled', 'Cancelled', -1);
  }

  #send({
    InstanceIds: [instance = ''],
    DocumentName: document,
    Parameters = {},
    Comment: comment = '',
  }: SendCommand): object {
    const { random, clock } = this.#world;
    const now = clock.now;
    const command: Process = {
      ...{
        id: `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`,
        instance,
        document,
      },
      ...{
        comment,
        sentAt: now,
        startedAt: now,
        status: 'InProgress',
        details: 'InProgress',
        exitCode: -1,
        output: '',
      },
    };
    this.#commands.set(command.id, command);
    this.#run(command, (Parameters['commands'] ?? []).join('\n'));
    const seconds = Number(Parameters['executionTimeout']?.[0] ?? 3600);
    void clock.sleep(seconds * 1000).then(() => this.#end(command, 'TimedOut', 'ExecutionTimedOut', -1));
    return { Command: { CommandId: command.id, RequestedDateTime: new Date(now).toISOString() } };
  }

  #run(command: Process, script: string): void {
    const { comment } = command;
    this.running++;
    this.#told(`${comment} begins`);
    // In a group of its own: what a command has started ends with it.
    const child = spawn('sh', ['-c', script], {
      ...{ env: this.#environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    command.child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (command.output.length < LONGEST_OUTPUT) command.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#complain(comment, text));
    child.on('close', (code, signal) => {
      this.running--;
      this.#told(`${comment} ended ${signal ? `by ${signal}` : `with ${code}`}`);
      const status = code === 0 ? 'Success' : 'Failed';
      this.#end(command, status, status, code ?? -1);
    });
  }

  /** For whoever looks on: what sounds like an error, since the rest of a long output comes this way too. */
  #complain(comment: string, text: string): void {
    const lines = text.split('\n').filter((line) => /error|fail|cannot|not found/i.test(line));
    for (const line of lines.slice(0, 5)) this.#told(`${comment}: ${line.slice(0, 300)}`);
  }

  #end(command: Process, status: string, details: string, exitCode: number): void {
    if (command.status !== 'InProgress') return;
    Object.assign(command, { status, details, exitCode, endedAt: this.#world.clock.now });
    const { pid, exitCode: ended, signalCode } = command.child ?? {};
    if (pid !== undefined && ended === null && signalCode === null) process.kill(-pid, 'SIGKILL');
  }

  #get(id: string): Process {
    const command = this.#commands.get(id);
    if (!command) throw new AwsError('InvocationDoesNotExist', `no command ${id}`);
    return command;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { type Command, described, type SendCommand } from '../aws/commands.ts';
import { AwsError } from '../aws/errors.ts';
import type { Service, World } from '../world.ts';

/** What Systems Manager keeps of an output is less; more than this is not held in memory either. */
const LONGEST_OUTPUT = 10 ** 7;

/** Run Command whose commands are processes on this machine. */
export class Processes {
  /** How many are running: while there is one, time passes as it does. */
  running = 0;
  readonly #world: World;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #told: (text: string) => void;
  readonly #commands = new Map<string, Command & { child?: ChildProcess }>();

  /** @param environment what the processes have besides what their commands set */
  constructor(world: World, environment: NodeJS.ProcessEnv, told: (text: string) => void) {
    this.#world = world;
    // The same Node as this one, which may not be the machine's.
    const path = `${dirname(process.execPath)}:${environment['PATH'] ?? ''}`;
    this.#environment = { ...environment, PATH: path, NODE_OPTIONS: '' };
    this.#told = told;
  }

  operations(): Service {
    return {
      SendCommand: (asked: SendCommand & { Comment?: string }) => this.#send(asked),
      GetCommandInvocation: ({ CommandId }: { CommandId: string }) => described(this.#get(CommandId)),
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

  #send({ InstanceIds: [instance = ''], DocumentName: document, Parameters = {}, Comment = '' }: SendCommand & { Comment?: string }): object {
    const { random, clock } = this.#world;
    const id = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
    const now = clock.now;
    const command: Command & { child?: ChildProcess } = {
      ...{ id, instance, document, status: 'InProgress', details: 'InProgress', exitCode: -1, output: '', startedAt: now },
    };
    this.#commands.set(id, command);
    this.#run(command, (Parameters['commands'] ?? []).join('\n'), Comment);
    const seconds = Number(Parameters['executionTimeout']?.[0] ?? 3600);
    void clock.sleep(seconds * 1000).then(() => this.#end(command, 'TimedOut', 'ExecutionTimedOut', -1));
    return { Command: { CommandId: id, RequestedDateTime: new Date(now).toISOString() } };
  }

  #run(command: Command & { child?: ChildProcess }, script: string, name: string): void {
    this.running++;
    this.#told(`${name} begins`);
    // In a group of its own: what a command has started ends with it.
    const options = { env: this.#environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] as const };
    const child = spawn('sh', ['-c', script], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    command.child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (command.output.length < LONGEST_OUTPUT) command.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#errors(name, text));
    child.on('close', (code, signal) => {
      this.running--;
      this.#told(`${name} ended ${signal ? `by ${signal}` : `with ${code}`}`);
      this.#end(command, code === 0 ? 'Success' : 'Failed', code === 0 ? 'Success' : 'Failed', code ?? -1);
    });
  }

  /** What is said of errors is for whoever looks on; the passed-on rest of a long output is not. */
  #errors(name: string, text: string): void {
    const lines = text.split('\n').filter((line) => /error|fail|cannot|not found/i.test(line));
    for (const line of lines.slice(0, 5)) this.#told(`${name}: ${line.slice(0, 300)}`);
  }

  #end(command: Command & { child?: ChildProcess }, status: string, details: string, exitCode: number): void {
    if (command.status !== 'InProgress') return;
    Object.assign(command, { status, details, exitCode, endedAt: this.#world.clock.now });
    const { pid, exitCode: ended, signalCode } = command.child ?? {};
    if (pid !== undefined && ended === null && signalCode === null) process.kill(-pid, 'SIGKILL');
  }

  #get(id: string): Command & { child?: ChildProcess } {
    const command = this.#commands.get(id);
    if (!command) throw new AwsError('InvocationDoesNotExist', `no command ${id}`);
    return command;
  }
}

import { documentName } from '../../shared/recovery/command.ts';
import { RESULTS } from '../../shared/recovery/said.ts';
import { pipelines } from '../../shared/stage/kinds.ts';
import type { Servers } from '../outside/servers.ts';
import { type OfStep, type PipelineSteps, printed, toldBy } from '../outside/steps.ts';
import type { Service, World } from '../world.ts';
import { type Command, described, listed, type SendCommand } from './commands.ts';
import type { Ec2, Instance } from './ec2.ts';
import { AwsError } from './errors.ts';
import type { Jobs } from './jobs.ts';
import { type Course, recoveryScript } from './recovery-script.ts';

interface OneCommand {
  CommandId: string;
  InstanceId?: string;
}

/** So long after its last ping an agent counts as online; it pings every five minutes. */
const PING_MS = 5 * 60_000;
/** What SendCommand waits for an agent where it is not told how long. */
const DELIVERY_SECONDS = 3600;
/** Of the recovery document, where nothing else is said. */
const RECOVERY_SECONDS = 600;

/**
 * Run Command of Systems Manager.
 *
 * @source Systems Manager API reference: SendCommand refuses an instance whose agent is not online with
 * `InvalidInstanceId`; an instance that goes away leaves its command `InProgress` until it times out. User guide,
 * "Understanding command statuses": what an agent does not fetch in time has `DeliveryTimedOut`; "Checking SSM Agent
 * status": it pings every five minutes, so one that has just fallen silent still counts as online.
 */
export class RunCommand {
  readonly #commands = new Map<string, Command>();
  readonly #world: World;
  readonly #ec2: Ec2;
  readonly #jobs: Jobs;
  readonly #servers: Servers;
  readonly #steps: PipelineSteps;

  constructor(world: World, ec2: Ec2, jobs: Jobs, servers: Servers, steps: PipelineSteps) {
    this.#world = world;
    this.#ec2 = ec2;
    this.#jobs = jobs;
    this.#servers = servers;
    this.#steps = steps;
    ec2.watchers.push((instance) => this.#instanceChanged(instance));
  }

  /** The calls that it answers. */
  operations(): Service {
    return {
      SendCommand: (input: SendCommand) => this.#send(input),
      GetCommandInvocation: ({ CommandId }: OneCommand) => described(this.#get(CommandId)),
      ListCommands: (asked: Parameters<typeof listed>[1]) => listed(this.#commands.values(), asked),
      CancelCommand: ({ CommandId }: OneCommand) => this.#finish(this.#get(CommandId), 'Cancelled', 'Cancelled', -1),
    };
  }

  isOnline(instanceId: string): boolean {
    if (isOwn(instanceId)) return !this.#isOwnOffline(instanceId);
    const { agentAt = Number.POSITIVE_INFINITY, state } = this.#ec2.get(instanceId);
    const workload = this.#world.workloadOf(instanceId) ?? '';
    const isOffline = this.#world
      .faults('agent')
      .some((fault) => this.#world.isFor(fault, workload, 0) && this.#world.uses(fault));
    const isLost = this.#servers.guests.lostSince(instanceId) !== undefined;
    return state === 'running' && this.#world.clock.now >= agentAt && !isOffline && !isLost;
  }

  /** A server of one's own is of no workload: it is off where a pipeline whose commands run there says so. */
  #isOwnOffline(id: string): boolean {
    const { stage } = this.#world;
    const on = pipelines(stage).flatMap(([name, { steps }]) =>
      Object.values(steps).some(({ work }) => work.by === 'command' && work.on === id) ? [name] : [],
    );
    return this.#world
      .faults('agent')
      .some((fault) => on.some((name) => this.#world.isFor(fault, name, 0)) && this.#world.uses(fault));
  }

  /** One that has fallen silent is not known to be so before its next ping is missed. */
  #seemsOnline(id: string): boolean {
    if (isOwn(id)) return this.isOnline(id);
    const lost = this.#servers.guests.lostSince(id);
    return this.isOnline(id) || (lost !== undefined && this.#world.clock.now < lost + PING_MS);
  }

  #send({ InstanceIds: [instance = ''], DocumentName, Comment = '', ...asked }: SendCommand): object {
    if (!(isOwn(instance) || this.#ec2.instances.has(instance)) || !this.#seemsOnline(instance))
      throw new AwsError('InvalidInstanceId', `Instances not in a valid state for account: ${instance}`);
    const random = this.#world.random;
    const id = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
    const [status, details] = ['Pending', 'Pending'];
    const sent = { id, instance, document: DocumentName, comment: Comment, sentAt: this.#world.clock.now };
    const command = { ...sent, status, details, exitCode: -1, output: '' };
    this.#commands.set(id, command);
    void this.#run(command, asked.Parameters ?? {}, asked.TimeoutSeconds ?? DELIVERY_SECONDS);
    return { Command: { CommandId: id, RequestedDateTime: new Date(this.#world.clock.now).toISOString() } };
  }

  async #run(command: Command, parameters: Record<string, string[]>, deliveredWithin: number): Promise<void> {
    const { clock, random, stage } = this.#world;
    const end = clock.now + deliveredWithin * 1000;
    await clock.sleep(Math.round(random.between(500, 2000)));
    // An agent that comes back fetches what waits for it.
    while (this.#servers.guests.lostSince(command.instance) !== undefined && clock.now < end) await clock.sleep(5000);
    if (clock.now >= end) this.#finish(command, 'TimedOut', 'DeliveryTimedOut', -1);
    const isUp = isOwn(command.instance) || this.#ec2.get(command.instance).state === 'running';
    if (command.status !== 'Pending' || !isUp) return;
    command.status = command.details = 'InProgress';
    command.startedAt = clock.now;
    if (command.document === documentName(stage.stage)) await this.#recover(command, parameters);
    else {
      const timeout = Number(parameters['executionTimeout']?.[0] ?? 3600) * 1000;
      const of = toldBy(variablesIn(parameters['commands'] ?? []));
      await (of ? this.#doStep(command, of, timeout) : this.#work(command, timeout));
    }
  }

  async #doStep(command: Command, of: OfStep, timeout: number): Promise<void> {
    const course = this.#steps.begin(of);
    command.course = course;
    await this.#world.clock.sleep(Math.min(course.milliseconds, timeout));
    if (command.status !== 'InProgress') return;
    command.output = printed(course);
    if (course.milliseconds > timeout) this.#finish(command, 'TimedOut', 'ExecutionTimedOut', -1);
    else if (course.exitCode === 0) this.#finish(command, 'Success', 'Success', 0);
    else this.#finish(command, 'Failed', 'Failed', course.exitCode);
  }

  async #work(command: Command, timeout: number): Promise<void> {
    const job = this.#jobs.begin(command.instance);
    command.job = job;
    await this.#world.clock.sleep(Math.min(job.milliseconds, timeout));
    if (command.status !== 'InProgress') return;
    if (job.milliseconds > timeout) this.#finish(command, 'TimedOut', 'ExecutionTimedOut', -1);
    else if (job.exitCode === 0) this.#finish(command, 'Success', 'Success', 0);
    else this.#finish(command, 'Failed', 'Failed', job.exitCode);
  }

  /** The script holds a lock: a second one finds it busy. */
  async #recover(command: Command, parameters: Record<string, string[]>): Promise<void> {
    const { instance } = command;
    const isBusy = [...this.#commands.values()].some(
      (other) => other !== command && other.instance === instance && other.document === command.document && isOn(other),
    );
    const values = Object.fromEntries(Object.entries(parameters).map(([name, [value]]) => [name, value]));
    const course = isBusy ? BUSY : recoveryScript(this.#world, this.#servers, instance, values);
    await this.#world.clock.sleep(course.seconds * 1000);
    // Nothing comes of it where the machine has gone away beneath it.
    if (!this.#servers.guests.isUp(instance)) {
      await this.#world.clock.sleep(RECOVERY_SECONDS * 1000);
      this.#finish(command, 'TimedOut', 'ExecutionTimedOut', -1);
      return;
    }
    if (course.restarts !== undefined && isOn(command)) this.#servers.incidents.treat(course.restarts, 'restart');
    command.output = course.output;
    const [status, code] = course.exitCode === 0 ? ['Success', 0] : ['Failed', course.exitCode];
    this.#finish(command, String(status), String(status), Number(code));
  }

  #finish(command: Command, status: string, details: string, exitCode: number): object {
    if (command.status === 'Pending' || command.status === 'InProgress') {
      Object.assign(command, { status, details, exitCode, endedAt: this.#world.clock.now });
      this.#endJob(command, exitCode);
    }
    return {};
  }

  #get(id: string): Command {
    const command = this.#commands.get(id);
    if (!command) throw new AwsError('InvocationDoesNotExist', `no command ${id}`);
    return command;
  }

  /** The job dies with its instance; Systems Manager does not notice. */
  #instanceChanged(instance: Instance): void {
    if (instance.state === 'running' || instance.state === 'pending') return;
    for (const command of this.#commands.values())
      if (command.instance === instance.id && command.status === 'InProgress') this.#endJob(command, -1);
  }

  #endJob(command: Command, exitCode: number): void {
    if (command.job) this.#jobs.end(command.job, exitCode);
    if (command.course) this.#steps.end(command.course, exitCode === 0);
    command.job = command.course = undefined;
  }
}

const BUSY: Course = {
  ...{ step: 'check', result: 'busy', seconds: 0, exitCode: RESULTS.busy },
  output: '::recovery step=check result=busy seconds=0 disk=41 logs=none\n',
};

function isOn({ status }: Command): boolean {
  return status === 'InProgress';
}

/** A server of one's own that is registered with Systems Manager: EC2 knows nothing of it. */
function isOwn(id: string): boolean {
  return id.startsWith('mi-');
}

/** The variables that a script sets first. */
function variablesIn(commands: string[]): Record<string, string> {
  return Object.fromEntries(
    commands.flatMap((line) => {
      const [, name, value] = /^(\w+)='(.*)'; export \1$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

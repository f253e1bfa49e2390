import type { World } from '../world.ts';
import type { Ec2, Instance } from './ec2.ts';
import { AwsError } from './errors.ts';
import type { Job, Jobs } from './jobs.ts';

interface Command {
  id: string;
  instance: string;
  status: string;
  details: string;
  exitCode: number;
  startedAt?: number;
  endedAt?: number;
  job?: Job;
}

interface SendCommand {
  InstanceIds: string[];
  TimeoutSeconds?: number;
  Parameters?: { executionTimeout?: string[] };
}

interface OneCommand {
  CommandId: string;
  InstanceId?: string;
}

/**
 * Systems Manager: Run Command and parameters.
 *
 * @source Systems Manager API reference: SendCommand refuses an instance whose agent is not online with
 * `InvalidInstanceId`; an instance that goes away leaves its command `InProgress` until it times out.
 */
export class Ssm {
  readonly parameters = new Map<string, string>();
  readonly #commands = new Map<string, Command>();
  readonly #world: World;
  readonly #ec2: Ec2;
  readonly #jobs: Jobs;

  constructor(world: World, ec2: Ec2, jobs: Jobs) {
    this.#world = world;
    this.#ec2 = ec2;
    this.#jobs = jobs;
    world.services['ssm'] = {
      SendCommand: (input: SendCommand) => this.#send(input),
      // What its document does is done by who started it.
      StartAutomationExecution: () => ({ AutomationExecutionId: world.random.hex(32) }),
      GetCommandInvocation: (input: OneCommand) => this.#describe(input),
      CancelCommand: ({ CommandId }: OneCommand) => this.#finish(this.#get(CommandId), 'Cancelled', 'Cancelled', -1),
      GetParameter: ({ Name }: { Name: string }) => {
        const Value = this.parameters.get(Name);
        if (Value === undefined) throw new AwsError('ParameterNotFound', `no parameter ${Name}`);
        return { Parameter: { Name, Value } };
      },
      PutParameter: ({
        Name,
        Value,
        Overwrite,
        Tier,
      }: {
        Name: string;
        Value: string;
        Overwrite?: boolean;
        Tier?: string;
      }) => {
        if (this.parameters.has(Name) && !Overwrite)
          throw new AwsError('ParameterAlreadyExists', `The parameter ${Name} already exists.`);
        const most = Tier === 'Intelligent-Tiering' || Tier === 'Advanced' ? 8192 : 4096;
        if (Value.length > most)
          throw new AwsError('ValidationException', `the parameter holds at most ${most} characters`);
        this.parameters.set(Name, Value);
        return { Version: 1 };
      },
    };
    ec2.watchers.push((instance) => this.#instanceChanged(instance));
  }

  isOnline(instanceId: string): boolean {
    const { agentAt = Number.POSITIVE_INFINITY, state } = this.#ec2.get(instanceId);
    const workload = this.#world.workloadOf(instanceId) ?? '';
    const isOffline = this.#world
      .faults('agent')
      .some((fault) => this.#world.isFor(fault, workload, 0) && this.#world.uses(fault));
    return state === 'running' && this.#world.clock.now >= agentAt && !isOffline;
  }

  #send({ InstanceIds: [instance = ''], Parameters }: SendCommand): object {
    if (!this.#ec2.instances.has(instance) || !this.isOnline(instance))
      throw new AwsError('InvalidInstanceId', `Instances not in a valid state for account: ${instance}`);
    const random = this.#world.random;
    const id = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
    const command: Command = { id, instance, status: 'Pending', details: 'Pending', exitCode: -1 };
    this.#commands.set(id, command);
    void this.#run(command, Number(Parameters?.executionTimeout?.[0] ?? 3600) * 1000);
    return { Command: { CommandId: id } };
  }

  async #run(command: Command, timeout: number): Promise<void> {
    await this.#world.clock.sleep(Math.round(this.#world.random.between(500, 2000)));
    if (command.status !== 'Pending' || this.#ec2.get(command.instance).state !== 'running') return;
    command.status = command.details = 'InProgress';
    command.startedAt = this.#world.clock.now;
    const job = this.#jobs.begin(command.instance);
    command.job = job;
    await this.#world.clock.sleep(Math.min(job.milliseconds, timeout));
    if (command.status !== 'InProgress') return;
    if (job.milliseconds > timeout) this.#finish(command, 'TimedOut', 'ExecutionTimedOut', -1);
    else if (job.exitCode === 0) this.#finish(command, 'Success', 'Success', 0);
    else this.#finish(command, 'Failed', 'Failed', job.exitCode);
  }

  #finish(command: Command, status: string, details: string, exitCode: number): object {
    if (command.status === 'Pending' || command.status === 'InProgress') {
      Object.assign(command, { status, details, exitCode, endedAt: this.#world.clock.now });
      this.#endJob(command, exitCode);
    }
    return {};
  }

  #describe({ CommandId }: OneCommand): object {
    const command = this.#get(CommandId);
    return {
      Status: command.status,
      StatusDetails: command.details,
      ResponseCode: command.exitCode,
      ...(command.startedAt && { ExecutionStartDateTime: new Date(command.startedAt).toISOString() }),
      ...(command.endedAt && { ExecutionEndDateTime: new Date(command.endedAt).toISOString() }),
    };
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
    command.job = undefined;
  }
}

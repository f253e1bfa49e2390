import { batches, pipelines } from '../../shared/stage/kinds.ts';
import type { World } from '../world.ts';
import { changed, describe, statusOf } from './ec2-answers.ts';
import { AwsError } from './errors.ts';

export type State = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';

export interface Instance {
  id: string;
  state: State;
  type: string;
  shutdownBehavior: 'stop' | 'terminate';
  /** When it was started last, and asked to stop; milliseconds since the epoch. */
  launchedAt?: number;
  stoppedAt?: number;
  /** When it last became `running`. */
  runningSince?: number;
  /** When its SSM agent answers. */
  agentAt?: number;
  /** Whether AWS finds it impaired by itself, whatever ails its machine. */
  isImpaired?: boolean;
  /** Billed seconds so far. */
  billedSeconds: number;
}

interface Ids {
  InstanceIds: string[];
}

interface Asked {
  InstanceIds?: string[];
  Filters?: { Name: string; Values: string[] }[];
}

const SECOND = 1000;
/** An instance is billed for a minute at least. */
const SHORTEST_BILL = 60;

/**
 * EC2 as far as instances start and stop.
 *
 * @source EC2 user guide, "Instance lifecycle": billed in `running`, by the second, 60 at least; "Status checks for Amazon EC2
 * instances"; error codes from the EC2 API reference.
 */
export class Ec2 {
  readonly instances = new Map<string, Instance>();
  /** Called when an instance has got a new state. */
  readonly watchers: ((instance: Instance, from: State) => void)[] = [];
  /** What else DescribeInstances says of one. */
  readonly details: ((instance: Instance) => object)[] = [];
  /** What ails the machine under an instance. */
  ailmentOf: (id: string) => 'status-check' | 'zone' | undefined = () => undefined;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    for (const [name, { instance }] of batches(world.stage)) {
      const start = world.scenario.instances[name] ?? 'stopped';
      if (start === 'missing') continue;
      this.instances.set(instance.id, {
        id: instance.id,
        state: start === 'running' ? 'running' : 'stopped',
        type: instance.type ?? 'unknown',
        shutdownBehavior: start === 'shutdown-terminates' ? 'terminate' : 'stop',
        billedSeconds: 0,
        ...(start === 'running' && {
          ...{ launchedAt: world.clock.now, runningSince: world.clock.now, agentAt: world.clock.now },
        }),
      });
    }
    this.#addServers();
    const describeAll = (instance: Instance) =>
      Object.assign(describe(instance), ...this.details.map((detail) => detail(instance)));
    world.services['ec2'] = {
      DescribeInstances: (asked: Asked) => ({ Reservations: [{ Instances: this.#found(asked).map(describeAll) }] }),
      DescribeInstanceStatus: ({
        InstanceIds,
        IncludeAllInstances = false,
      }: Ids & { IncludeAllInstances?: boolean }) => ({
        // Of running instances only, unless all are asked for.
        InstanceStatuses: InstanceIds.map((id) => this.get(id))
          .filter(({ state }) => IncludeAllInstances || state === 'running')
          .map((instance) => statusOf(instance, this.ailmentOf(instance.id))),
      }),
      DescribeInstanceAttribute: ({ InstanceId }: { InstanceId: string }) => ({
        InstanceInitiatedShutdownBehavior: { Value: this.get(InstanceId).shutdownBehavior },
      }),
      StartInstances: ({ InstanceIds }: Ids, caller) => ({
        StartingInstances: InstanceIds.map((id) => this.start(id, caller)),
      }),
      StopInstances: ({ InstanceIds }: Ids, caller) => ({
        StoppingInstances: InstanceIds.map((id) => this.stop(id, caller)),
      }),
    };
  }

  /** The servers of services: on, unless the scenario says otherwise or a batch of the stage starts and stops them. */
  #addServers(): void {
    for (const [name, { target }] of Object.entries(this.#world.stage.services)) {
      const start = this.#world.scenario.instances[name] ?? 'running';
      if (!target || !('ec2' in target) || this.instances.has(target.ec2) || start === 'missing') continue;
      this.add(target.ec2, start === 'stopped' ? 'stopped' : 'running');
      this.get(target.ec2).shutdownBehavior = start === 'shutdown-terminates' ? 'terminate' : 'stop';
    }
    for (const [name, { steps }] of pipelines(this.#world.stage))
      for (const { work } of Object.values(steps)) {
        if (work.by !== 'command' || !work.on.startsWith('i-') || this.instances.has(work.on)) continue;
        const start = this.#world.scenario.instances[name] ?? 'running';
        if (start !== 'missing') this.add(work.on, start === 'stopped' ? 'stopped' : 'running');
      }
  }

  /** An instance that is there, of nobody's doing. */
  add(id: string, state: 'running' | 'stopped' = 'running'): void {
    const { now } = this.#world.clock;
    const since = { launchedAt: now, runningSince: now, agentAt: now };
    const instance = { id, state, type: 'unknown', shutdownBehavior: 'stop' as const, billedSeconds: 0 };
    this.instances.set(id, { ...instance, ...(state === 'running' && since) });
  }

  get(id: string): Instance {
    const instance = this.instances.get(id);
    if (!instance) throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
    return instance;
  }

  /** By ids, of which each must exist, or by a filter, which finds what there is. */
  #found({ InstanceIds, Filters = [] }: Asked): Instance[] {
    if (InstanceIds) return InstanceIds.map((id) => this.get(id));
    const [filter] = Filters;
    if (Filters.length !== 1 || filter?.Name !== 'instance-id')
      throw new Error(
        `the rehearsal does not know the filters ${JSON.stringify(Filters)}: add them to rehearsal/aws/ec2.ts`,
      );
    return filter.Values.flatMap((id) => this.instances.get(id) ?? []);
  }

  /** Billed hours of an instance until now. */
  hours(instance: Instance): number {
    const open =
      instance.state === 'running' && instance.runningSince !== undefined
        ? (this.#world.clock.now - instance.runningSince) / SECOND
        : 0;
    return (instance.billedSeconds + open) / 3600;
  }

  start(id: string, why: string): object {
    const instance = this.get(id);
    if (instance.state === 'running' || instance.state === 'pending') return changed(instance, instance.state);
    if (instance.state !== 'stopped')
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${id}' is not in a state from which it can be started.`,
      );
    if (this.ailmentOf(id) === 'zone')
      throw new AwsError(
        'InsufficientInstanceCapacity',
        'We currently do not have sufficient capacity in the Availability Zone you requested.',
      );
    this.#become(instance, 'pending', why);
    void this.#later(instance, 'pending', 'running', 8, 25);
    return changed(instance, 'stopped');
  }

  stop(id: string, why: string): object {
    const instance = this.get(id);
    if (instance.state === 'stopping' || instance.state === 'stopped') return changed(instance, instance.state);
    if (instance.state !== 'running')
      throw new AwsError(
        'IncorrectInstanceState',
        `This instance '${id}' is not in a state from which it can be stopped.`,
      );
    this.#become(instance, 'stopping', why);
    // What does not shut down any more is stopped by force.
    const [shortest, longest] = this.ailmentOf(id) === undefined ? [20, 70] : [120, 300];
    void this.#later(instance, 'stopping', 'stopped', shortest, longest);
    return changed(instance, 'running');
  }

  /** Somebody terminates it: never we. */
  terminate(id: string, why: string): void {
    const instance = this.get(id);
    if (instance.state === 'terminated') return;
    this.#become(instance, 'shutting-down', why);
    void this.#later(instance, 'shutting-down', 'terminated', 20, 60);
  }

  async #later(instance: Instance, from: State, to: State, shortest: number, longest: number): Promise<void> {
    await this.#world.clock.sleep(Math.round(this.#world.random.between(shortest, longest) * SECOND));
    if (instance.state === from) this.#become(instance, to, 'EC2');
  }

  #become(instance: Instance, to: State, why: string): void {
    const from = instance.state;
    const now = this.#world.clock.now;
    if (from === 'running' && instance.runningSince !== undefined) {
      instance.billedSeconds += Math.max(SHORTEST_BILL, (now - instance.runningSince) / SECOND);
      instance.runningSince = undefined;
      instance.agentAt = undefined;
    }
    instance.state = to;
    if (to === 'pending') instance.launchedAt = now;
    if (to === 'stopping' || to === 'shutting-down') instance.stoppedAt = now;
    if (to === 'running') {
      instance.runningSince = now;
      instance.agentAt = now + Math.round(this.#world.random.between(10, 40) * SECOND);
    }
    this.#world.journal.write({ what: 'instance', id: instance.id, from, to, why });
    for (const watcher of this.watchers) watcher(instance, from);
  }
}

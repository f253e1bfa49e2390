import type { Incidents } from '../outside/incidents.ts';
import type { World } from '../world.ts';
import type { Ec2, Instance } from './ec2.ts';
import { AwsError } from './errors.ts';

const SECOND = 1000;
/** A guest that does not shut down is reset by EC2 after "a few minutes". */
const HARD_REBOOT_MS = 4 * 60 * SECOND;

/**
 * The operating systems of servers, which take longer to come up than their instances, and reboot without EC2 calling
 * them anything but `running`.
 *
 * @source EC2 API reference, RebootInstances: asynchronous, ignored of a terminated instance, and what becomes of a stopped
 * one is not said: refused here; user guide, "Reboot your instance": a few minutes, the addresses are kept, a hard reboot
 * where it does not shut down
 */
export class Guests {
  readonly #world: World;
  readonly #ec2: Ec2;
  readonly #incidents: Incidents;
  /** Instance → when its guest answers, and its agent; Infinity until it has been started. */
  readonly #upAt = new Map<string, number>();
  /** Instance → since when nobody hears its agent. */
  readonly #lostAt = new Map<string, number>();

  constructor(world: World, ec2: Ec2, incidents: Incidents) {
    this.#world = world;
    this.#ec2 = ec2;
    this.#incidents = incidents;
    for (const { id, state } of ec2.instances.values()) if (state === 'running') this.#upAt.set(id, 0);
    ec2.watchers.push((instance) => this.#changed(instance));
    Object.assign(world.services['ec2'] ?? {}, {
      RebootInstances: ({ InstanceIds }: { InstanceIds: string[] }) => {
        for (const id of InstanceIds) this.#reboot(ec2.get(id));
        return {};
      },
    });
    ec2.ailmentOf = (id) => this.#ailmentOf(id);
  }

  /** Whether the operating system of a server is up, and can be reached. */
  isUp(id: string): boolean {
    const instance = this.#ec2.instances.get(id);
    const upAt = this.#upAt.get(id) ?? Number.POSITIVE_INFINITY;
    return instance?.state === 'running' && this.#world.clock.now >= upAt && this.#ailmentOf(id) === undefined;
  }

  /** Since when the agent of a running server is not heard, in milliseconds since the epoch; undefined where it is. */
  lostSince(id: string): number | undefined {
    if (this.isUp(id) || this.#ec2.instances.get(id)?.state !== 'running') return undefined;
    const impaired = this.#incidents.ofInstance(id).find(({ kind }) => kind !== 'disk-full');
    return impaired?.at ?? this.#lostAt.get(id);
  }

  #ailmentOf(id: string): 'status-check' | 'zone' | undefined {
    const kinds = this.#incidents.ofInstance(id).map(({ kind }) => kind);
    return kinds.includes('zone') ? 'zone' : kinds.includes('status-check') ? 'status-check' : undefined;
  }

  #reboot(instance: Instance): void {
    const { id, state } = instance;
    if (state === 'terminated') return;
    if (state !== 'running')
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${id}' is not in a state from which it can be rebooted.`,
      );
    const takes = this.#world.random.between(60, 180) * SECOND;
    const isStuck = this.#ailmentOf(id) !== undefined;
    this.#world.journal.write({ what: 'reboot', id });
    this.#lostAt.set(id, this.#world.clock.now);
    this.#comeUp(instance, takes + (isStuck ? HARD_REBOOT_MS : 0), 'reboot');
  }

  #changed(instance: Instance): void {
    if (instance.state !== 'running') this.#upAt.delete(instance.id);
    else if (this.#incidents.servicesOn(instance.id).length > 0)
      this.#comeUp(instance, this.#world.random.between(20, 60) * SECOND, 'stop-start');
  }

  /** What helps against its ailments has helped when it is up. */
  #comeUp({ id }: Instance, milliseconds: number, how: 'reboot' | 'stop-start'): void {
    const upAt = this.#world.clock.now + Math.round(milliseconds);
    this.#upAt.set(id, upAt);
    this.#world.clock.at(upAt, () => {
      if (this.#upAt.get(id) !== upAt) return;
      this.#lostAt.delete(id);
      for (const service of this.#incidents.servicesOn(id)) this.#incidents.treat(service, how);
    });
  }
}

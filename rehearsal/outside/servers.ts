import type { Check, ServiceWorkload, Target } from '../../shared/stage/compiled.ts';
import { Addresses } from '../aws/addresses.ts';
import type { Ec2 } from '../aws/ec2.ts';
import { Guests } from '../aws/guests.ts';
import type { World } from '../world.ts';
import { seenBy } from './incidents/seen.ts';
import { Incidents } from './incidents.ts';
import type { Reached } from './services.ts';

/** What services run on, as far as somebody outside can tell, and what befalls it. */
export class Servers {
  readonly incidents: Incidents;
  readonly guests: Guests;
  readonly addresses: Addresses;
  readonly #world: World;
  readonly #ec2: Ec2;

  constructor(world: World, ec2: Ec2) {
    this.#world = world;
    this.#ec2 = ec2;
    this.incidents = new Incidents(world);
    this.guests = new Guests(world, ec2, this.incidents);
    this.addresses = new Addresses(world, ec2);
  }

  /** What an asker gets of a service that is not as always; undefined where it is. */
  seen(name: string, { target }: ServiceWorkload, check: Check): Reached | undefined {
    const id = target && 'ec2' in target ? target.ec2 : undefined;
    const away = id === undefined ? undefined : this.#away(id);
    if (away) return away;
    const now = this.#world.clock.now;
    const [first] = this.incidents.of(name).flatMap((incident) => seenBy(incident, check, now) ?? []);
    return first;
  }

  /** When its certificate ends, in milliseconds since the epoch; undefined where that is far away. */
  certificateEndsAt(name: string): number | undefined {
    return this.incidents.of(name).find(({ kind }) => kind === 'certificate')?.downFrom;
  }

  /** Whether the machine of a service works, whatever its process does; undefined where it has none of its own. */
  isMachineUp(name: string): boolean | undefined {
    const target = this.#world.stage.services[name]?.target;
    return target && 'ec2' in target ? this.guests.isUp(target.ec2) : undefined;
  }

  /** Calls when a server is turned on or off. */
  onPower(act: () => void): void {
    this.#ec2.watchers.push(({ id }) => {
      if (this.incidents.servicesOn(id).length > 0) act();
    });
  }

  isRunning(instanceId: string): boolean {
    return this.#ec2.instances.get(instanceId)?.state === 'running';
  }

  /** The service whose target an ECS service or a group is, by the dimensions of its metrics. */
  serviceOf({ ClusterName, ServiceName, AutoScalingGroupName }: Record<string, string>): string | undefined {
    const isOf = (target: Target | undefined) =>
      target !== undefined &&
      (('ecs' in target && target.ecs.cluster === ClusterName && target.ecs.service === ServiceName) ||
        ('group' in target && target.group === AutoScalingGroupName));
    return Object.entries(this.#world.stage.services).find(([, { target }]) => isOf(target))?.[0];
  }

  /** Nobody answers at all, or the system, before what runs on it, refuses. */
  #away(id: string): Reached | undefined {
    const state = this.#ec2.instances.get(id)?.state;
    if (state !== 'running' || this.addresses.isMisnamed(id)) return 'hangs';
    if (this.incidents.ofInstance(id).some(({ kind }) => kind !== 'disk-full')) return 'hangs';
    return this.guests.isUp(id) ? undefined : { error: 'ECONNREFUSED' };
  }
}

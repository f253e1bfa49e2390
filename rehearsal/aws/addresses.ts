import { ACCOUNT } from '../template.ts';
import type { World } from '../world.ts';
import type { Ec2, Instance } from './ec2.ts';

/**
 * The public addresses of servers. An Elastic IP stays; another is given back when the instance stops, and a new one given
 * when it starts.
 *
 * @source EC2 user guide, "Amazon EC2 instance IP addressing"; API reference, InstanceNetworkInterfaceAssociation:
 * `IpOwnerId` is the account that an Elastic IP is of, and `amazon` of others
 */
export class Addresses {
  readonly #kinds = new Map<string, 'elastic' | 'public' | 'none'>();
  /** How often each was started: another address each time. */
  readonly #starts = new Map<string, number>();
  /** Whose name still leads to the address that it had. */
  readonly #misnamed = new Set<string>();

  readonly #world: World;

  constructor(world: World, ec2: Ec2) {
    this.#world = world;
    for (const [name, { target }] of Object.entries(world.stage.services))
      if (target && 'ec2' in target && !this.#kinds.has(target.ec2))
        this.#kinds.set(target.ec2, world.scenario.addresses[name] ?? 'elastic');
    ec2.watchers.push(({ id, state }) => {
      if (state !== 'pending' || this.#kinds.get(id) !== 'public') return;
      this.#starts.set(id, (this.#starts.get(id) ?? 0) + 1);
      this.#misnamed.add(id);
      world.journal.write({ what: 'name', id, leads: 'nowhere' });
    });
    ec2.details.push((instance) => this.#describe(instance));
    Object.assign(world.services['ec2'] ?? {}, {
      DescribeAddresses: ({ Filters = [] }: { Filters?: { Name: string; Values: string[] }[] }) => {
        const [filter] = Filters;
        if (Filters.length !== 1 || filter?.Name !== 'instance-id')
          throw new Error(
            `the rehearsal does not know the filters ${JSON.stringify(Filters)}: add them to rehearsal/aws/addresses.ts`,
          );
        const found = filter.Values.filter((id) => this.#kinds.get(id) === 'elastic');
        return {
          Addresses: found.map((id) => ({
            ...{ InstanceId: id, PublicIp: this.#addressOf(id), Domain: 'vpc' },
            AllocationId: `eipalloc-${id.slice(2)}`,
          })),
        };
      },
    });
  }

  /** Whether the name of a server leads to an address that it has no more. */
  isMisnamed(id: string): boolean {
    return this.#misnamed.has(id);
  }

  /** Somebody writes the new address into the name. */
  correct(id: string): void {
    if (this.#misnamed.delete(id)) this.#world.journal.write({ what: 'name', id, leads: 'there' });
  }

  #describe({ id, state }: Instance): object {
    const kind = this.#kinds.get(id) ?? 'none';
    const isThere = kind === 'elastic' || (kind === 'public' && (state === 'pending' || state === 'running'));
    if (!isThere) return {};
    const PublicIp = this.#addressOf(id);
    const IpOwnerId = kind === 'elastic' ? ACCOUNT : 'amazon';
    return { PublicIpAddress: PublicIp, NetworkInterfaces: [{ Association: { PublicIp, IpOwnerId } }] };
  }

  /** Of the addresses for documentation, by the id, so that it costs no chance. */
  #addressOf(id: string): string {
    const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), this.#starts.get(id) ?? 0);
    return `203.0.113.${1 + (sum % 254)}`;
  }
}

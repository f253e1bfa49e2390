import { isDownBy } from '../outside/incidents/course.ts';
import type { Servers } from '../outside/servers.ts';
import type { World } from '../world.ts';
import type { Ec2 } from './ec2.ts';
import { AwsError } from './errors.ts';

interface Member {
  id: string;
  health: 'Healthy' | 'Unhealthy';
  lifecycle: 'Pending' | 'InService' | 'Terminating';
  zone: string;
}

interface Group {
  /** The service of the stage file. */
  service: string;
  name: string;
  members: Member[];
}

const SECOND = 1000;
const ZONES = ['a', 'c'];

/**
 * EC2 Auto Scaling, as far as members of groups are replaced.
 *
 * @source EC2 Auto Scaling API reference, SetInstanceHealth: `Unhealthy` is replaced; user guide, "Health checks for
 * instances in an Auto Scaling group": marked unhealthy, an instance is almost at once set to be replaced, by another that is
 * launched after it has been terminated
 */
export class AutoScaling {
  readonly #world: World;
  readonly #ec2: Ec2;
  readonly #servers: Servers;
  readonly #groups: Group[];
  #count = 0;

  constructor(world: World, ec2: Ec2, servers: Servers) {
    this.#world = world;
    this.#ec2 = ec2;
    this.#servers = servers;
    this.#groups = Object.entries(world.stage.services).flatMap(([service, { target }]) =>
      target && 'group' in target
        ? [{ service, name: target.group, members: ZONES.map((zone) => this.#member(zone, 'InService')) }]
        : [],
    );
    const operations = {
      DescribeAutoScalingGroups: ({ AutoScalingGroupNames: names }: { AutoScalingGroupNames?: string[] }) => ({
        AutoScalingGroups: this.#groups
          .filter(({ name }) => names?.includes(name) ?? true)
          .map((group) => this.#describe(group)),
      }),
      SetInstanceHealth: ({ InstanceId, HealthStatus }: { InstanceId: string; HealthStatus: string }) => {
        const [group, member] = this.#find(InstanceId);
        member.health = HealthStatus === 'Unhealthy' ? 'Unhealthy' : 'Healthy';
        if (member.health === 'Unhealthy') void this.#replace(group, member);
        return {};
      },
    };
    // As clients of the SDK call it, and as state machines do.
    world.services['auto scaling'] = operations;
    world.services['autoscaling'] = operations;
    world.groupOf = (id) => this.#groups.find(({ members }) => members.some((one) => one.id === id))?.name;
    servers.incidents.watchers.push(({ workload }) => this.#look(workload));
  }

  /** What befalls a group befalls one of its members: EC2's own checks find what is broken under it. */
  #look(service: string | undefined): void {
    const group = this.#groups.find((one) => one.service === service);
    if (!group) return;
    const ill = this.#servers.incidents
      .of(group.service)
      .some(({ kind }) => kind === 'status-check' || kind === 'zone');
    const [first] = group.members;
    if (first?.lifecycle !== 'InService') return;
    first.health = ill ? 'Unhealthy' : 'Healthy';
    this.#ec2.get(first.id).isImpaired = ill;
  }

  async #replace(group: Group, member: Member): Promise<void> {
    if (member.lifecycle === 'Terminating') return;
    const { clock, random } = this.#world;
    const isIll = this.#isIll(group, member);
    member.lifecycle = 'Terminating';
    this.#ec2.terminate(member.id, 'Auto Scaling');
    await clock.sleep(Math.round(random.between(30, 90) * SECOND));
    const other = ZONES.find((zone) => zone !== member.zone) ?? member.zone;
    const next = this.#member(other, 'Pending');
    group.members = [...group.members.filter((one) => one !== member), next];
    await clock.sleep(Math.round(random.between(90, 210) * SECOND));
    next.lifecycle = 'InService';
    if (isIll) this.#servers.incidents.treat(group.service, 'replace');
  }

  /** The first one has what the group has. */
  #isIll({ service, members }: Group, member: Member): boolean {
    const isDown = this.#servers.incidents.of(service).some((one) => isDownBy(one, this.#world.clock.now));
    return isDown && members[0] === member;
  }

  #describe({ name, members }: Group): object {
    const { region } = this.#world.stage;
    return {
      AutoScalingGroupName: name,
      ...{ MinSize: 2, MaxSize: 4, DesiredCapacity: ZONES.length, HealthCheckType: 'EC2', HealthCheckGracePeriod: 300 },
      Instances: members.map(({ id, health, lifecycle, zone }) => ({
        ...{ InstanceId: id, HealthStatus: health, LifecycleState: lifecycle, AvailabilityZone: `${region}${zone}` },
        ProtectedFromScaleIn: false,
      })),
    };
  }

  #find(id: string): [Group, Member] {
    for (const group of this.#groups) {
      const member = group.members.find((one) => one.id === id);
      if (member) return [group, member];
    }
    throw new AwsError('ValidationError', `Instance Id not found - ${id}`);
  }

  #member(zone: string, lifecycle: Member['lifecycle']): Member {
    const id = `i-${String(++this.#count).padStart(17, 'a')}`;
    this.#ec2.add(id);
    return { id, health: 'Healthy', lifecycle, zone };
  }
}

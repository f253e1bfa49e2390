import type { Cure } from '../scenario/incidents.ts';
import { CURES } from '../scenario/incidents.ts';
import type { World } from '../world.ts';
import { type Incident, incidentsOf, isDownBy, isOfMachine } from './incidents/course.ts';

/**
 * What befalls services, as the scenario says: each begins at its time and is over when what was done about it helps, when
 * somebody mends it, or by itself.
 */
export class Incidents {
  readonly all: Incident[];
  readonly #open = new Set<Incident>();
  readonly #world: World;
  /** Called when one begins or is over. */
  readonly watchers: ((incident: Incident, by?: string) => void)[] = [];

  constructor(world: World) {
    this.#world = world;
    this.all = incidentsOf(world.scenario, world.stage.timezone);
    for (const incident of this.all) {
      const { workload, at, endsAt, id } = incident;
      if (workload && !world.stage.services[workload])
        throw new Error(`the scenario has the incident "${id}", and the stage no service ${workload}`);
      world.clock.at(at, () => this.#begin(incident));
      if (endsAt !== Number.POSITIVE_INFINITY) world.clock.at(endsAt, () => this.end(incident, 'itself'));
    }
  }

  get isOurNetworkDown(): boolean {
    return [...this.#open].some(({ kind }) => kind === 'network');
  }

  /** Whether one goes on that shows in what is measured of machines. */
  get isAnyMeasured(): boolean {
    return [...this.#open].some((incident) => isOfMachine(incident) || incident.kind === 'slow-death');
  }

  /** What a service has just now, what its machine has included. */
  of(service: string): Incident[] {
    if (this.#open.size === 0) return [];
    const machine = this.#machineOf(service);
    return [...this.#open].filter(
      (incident) =>
        incident.workload === service ||
        (isOfMachine(incident) && machine !== undefined && this.#machineOf(incident.workload) === machine),
    );
  }

  /** What the machine of an instance has just now. */
  ofInstance(id: string): Incident[] {
    const [service] = this.servicesOn(id);
    return service === undefined ? [] : this.of(service).filter(isOfMachine);
  }

  servicesOn(instanceId: string): string[] {
    return Object.entries(this.#world.stage.services).flatMap(([name, { target }]) =>
      target && 'ec2' in target && target.ec2 === instanceId ? [name] : [],
    );
  }

  isDown(service: string): boolean {
    return this.of(service).some((incident) => isDownBy(incident, this.#world.clock.now));
  }

  /** Something was done about a service: what it helps against is over. */
  treat(service: string, rung: Cure): void {
    for (const incident of this.of(service))
      if (CURES.indexOf(rung) >= CURES.indexOf(incident.cure)) this.end(incident, rung);
  }

  end(incident: Incident, by: string): void {
    if (!this.#open.delete(incident)) return;
    this.#write(incident, { phase: 'over', by });
    for (const watcher of this.watchers) watcher(incident, by);
  }

  #begin(incident: Incident): void {
    this.#open.add(incident);
    this.#write(incident, { phase: 'begun' });
    for (const watcher of this.watchers) watcher(incident);
  }

  #write({ id, kind, workload }: Incident, how: { phase: 'begun' } | { phase: 'over'; by: string }): void {
    this.#world.journal.write({ what: 'incident', id, kind, ...(workload && { workload }), ...how });
  }

  #machineOf(service: string | undefined): string | undefined {
    const target = service === undefined ? undefined : this.#world.stage.services[service]?.target;
    return target && JSON.stringify(target);
  }
}

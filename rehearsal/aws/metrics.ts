import { grown, type Incident } from '../outside/incidents/course.ts';
import type { Servers } from '../outside/servers.ts';
import type { World } from '../world.ts';
import { diskOf } from './recovery-script.ts';

export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** Of a machine to which nothing has happened, in percent. */
const USUAL = { cpu: 20, memory: 45 };
/** What a process that is dying takes at last. */
const LAST = { cpu: 60, memory: 97 };

/** What is measured of a metric just now: nothing where nobody measures it, `unknown` where the rehearsal does not know it. */
export function measured(world: World, servers: Servers, metric: Metric): number | undefined | 'unknown' {
  const { name, dimensions } = metric;
  const { InstanceId } = dimensions;
  if (InstanceId !== undefined && servers.incidents.servicesOn(InstanceId).length > 0)
    return ofInstance(world, servers, InstanceId, name);
  const service = servers.serviceOf(dimensions);
  if (service === undefined) return 'unknown';
  const found = servers.incidents.of(service);
  if (name === 'CPUUtilization') return growing('cpu', found, world.clock.now);
  if (name === 'MemoryUtilization') return growing('memory', found, world.clock.now);
  if (name === 'StatusCheckFailed') return found.some(({ kind }) => kind === 'status-check' || kind === 'zone') ? 1 : 0;
  return 'unknown';
}

function ofInstance(world: World, servers: Servers, id: string, name: string): number | undefined | 'unknown' {
  const { now } = world.clock;
  const all = servers.incidents.servicesOn(id).flatMap((service) => servers.incidents.of(service));
  const isRunning = servers.isRunning(id);
  const isImpaired = all.some(({ kind }) => kind === 'status-check' || kind === 'zone');
  if (name === 'StatusCheckFailed') return isRunning ? Number(isImpaired) : undefined;
  if (name === 'CPUUtilization') return isRunning ? (isImpaired ? 0 : growing('cpu', all, now)) : undefined;
  // What the agent measures is missing while its machine is away.
  if (name === 'mem_used_percent') return servers.guests.isUp(id) ? growing('memory', all, now) : undefined;
  if (name === 'disk_used_percent') return servers.guests.isUp(id) ? diskOf(world, servers, id) : undefined;
  return 'unknown';
}

function growing(what: 'cpu' | 'memory', incidents: Incident[], now: number): number {
  const dying = incidents.find(({ kind }) => kind === 'slow-death');
  return USUAL[what] + (dying ? grown(dying, now) : 0) * (LAST[what] - USUAL[what]);
}

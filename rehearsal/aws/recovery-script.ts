import type { Result, Said } from '../../shared/recovery/said.ts';
import { RESULTS } from '../../shared/recovery/said.ts';
import { grown, isDownBy } from '../outside/incidents/course.ts';
import type { Servers } from '../outside/servers.ts';
import type { World } from '../world.ts';

/** Parameters of the document, as Systems Manager fills in its defaults. */
export type Values = Record<string, string | undefined>;

/** What the script is going to come to. */
export interface Course extends Said {
  output: string;
  exitCode: number;
  /** The service that it restarts, if it does. */
  restarts?: string;
}

/** How full a disk is to which nothing has happened, in percent. */
const USUAL_DISK = 41;

/** What the script of `agent/recover` does on a server that is as the scenario has it. */
export function recoveryScript(world: World, servers: Servers, instance: string, values: Values): Course {
  const { By, Name, Act = 'recover', Url = '', WithinSeconds = '60' } = values;
  const disk = diskOf(world, servers, instance);
  const end = (step: Said['step'], result: Result, long: number, more: { logs?: string; restarts?: string } = {}) => {
    const seconds = Math.round(long);
    const last = `::recovery step=${step} result=${result} seconds=${seconds} disk=${disk} logs=${more.logs ?? 'none'}`;
    const first = more.restarts === undefined ? [] : [`${Name} is restarted by ${By}`];
    return { step, result, seconds, disk, ...more, output: [...first, last, ''].join('\n'), exitCode: RESULTS[result] };
  };
  const named = servers.incidents.servicesOn(instance).find((one) => {
    const restart = world.stage.services[one]?.recover?.restart;
    return restart?.by === By && restart?.name === Name;
  });
  const random = (low: number, high: number) => world.random.between(low, high);
  if (named === undefined) return end('start', 'absent', random(1, 3));
  const isDown = servers.incidents.isDown(named);
  if (Act === 'check') return end('check', isDown ? 'down' : 'healthy', random(1, 3));
  // Without an address to ask there is nothing that it could find to be well.
  if (Act === 'recover' && Url && !isDown) return end('check', 'healthy', random(1, 3));
  const isFull = disk >= 99;
  const saved = isFull ? {} : { logs: logsOf(world, instance, values) };
  if (!isDown || isHelped(servers, named, world.clock.now) || (!Url && isFull))
    return end('restart', 'recovered', random(5, 20), { ...saved, restarts: named });
  return end('restart', 'failed', random(5, 15) + Number(WithinSeconds), { ...saved, restarts: named });
}

/** How full the disk of a server is, in percent. */
export function diskOf({ clock }: World, { incidents }: Servers, instance: string): number {
  const full = incidents.ofInstance(instance).find(({ kind }) => kind === 'disk-full');
  return full ? Math.round(USUAL_DISK + grown(full, clock.now) * (100 - USUAL_DISK)) : USUAL_DISK;
}

/** Whether everything that it suffers from just now is cured by a restart. */
function isHelped({ incidents }: Servers, service: string, now: number): boolean {
  return incidents.of(service).every((incident) => incident.cure === 'restart' || !isDownBy(incident, now));
}

function logsOf({ clock }: World, instance: string, { By, Name, Bucket }: Values): string {
  const time = new Date(clock.now).toISOString().slice(0, 19).replace(/[-:]/g, '');
  const folder = `${time}Z-${By}-${Name}`;
  return Bucket ? `${Bucket}/ip-${instance.slice(-4)}/${folder}` : `/var/log/lamplighter/recovery/${folder}`;
}

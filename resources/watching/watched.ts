import type { Hours } from '../../shared/stage/compiled.ts';

export type Target = { ec2: string } | { ecs: { cluster: string; service: string } } | { group: string };

/** What is needed here of a service of the stage file. */
export interface Watched {
  timezone: string;
  target?: Target;
  /** When work is done on it, in local time. */
  maintenance: Hours[];
  /** Workloads that it is off with by plan. */
  offWith: string[];
  recover?: { restart?: { by: 'pm2' | 'systemd' | 'compose'; name: string; user?: string } };
}

/** The stage, as far as it watches. */
export interface WatchedStage {
  stage: string;
  region: string;
  services: Record<string, Watched>;
}

/** What services run on: an instance, a group, an ECS service. What is one thing in AWS is measured once. */
export interface Machine {
  /** The first service that names it: its alarms have this name. */
  name: string;
  target: Target;
  /** Whether a workload of the stage stops it by plan. */
  isPlanned: boolean;
  /** All services that name it. */
  services: [string, Watched][];
}

export function machines({ services }: Pick<WatchedStage, 'services'>): Machine[] {
  const named = Object.entries(services).filter(([, { target }]) => target !== undefined);
  return [...Map.groupBy(named, ([, { target }]) => JSON.stringify(target)).values()].flatMap((together) => {
    const [name = '', { target } = {}] = together[0] ?? [];
    if (!target) return [];
    return [{ name, target, isPlanned: together.some(([, { offWith }]) => offWith.length > 0), services: together }];
  });
}

export function isInstance(machine: Machine): machine is Machine & { target: { ec2: string } } {
  return 'ec2' in machine.target;
}

/** Whether anything is done when it is down. */
export function isRecovered({ services }: Machine): boolean {
  return services.some(([, { recover }]) => recover !== undefined);
}

/** Where the logs of a service's machine are. */
export function logGroup(stage: string, service: string): string {
  return `/lamplighter/${stage}/${service}`;
}

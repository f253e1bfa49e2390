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

/** The services on an EC2 instance, with its id. */
export function onInstances({ services }: Pick<WatchedStage, 'services'>): [string, string, Watched][] {
  return Object.entries(services).flatMap(([name, service]): [string, string, Watched][] =>
    service.target && 'ec2' in service.target ? [[name, service.target.ec2, service]] : [],
  );
}

/** Where the logs of a service's machine are. */
export function logGroup(stage: string, service: string): string {
  return `/lamplighter/${stage}/${service}`;
}

import type { Check, Recover, Rung, ServiceWorkload } from './compiled.ts';
import { seconds } from './duration.ts';
import type { StageFile } from './schema.ts';
import type { Service } from './service.ts';
import type { Check as WrittenCheck } from './service-checks.ts';
import { nameOf } from './service-name.ts';
import type { Recover as WrittenRecover } from './service-recover.ts';

/** A service in the form that the deployed functions use. */
export function compileService(service: Service, { workloads, timezone }: StageFile): ServiceWorkload {
  const { target, dependsOn, recover } = service;
  const isService = (name: string) => workloads[name]?.kind === 'service';
  return {
    kind: 'service',
    timezone: service.timezone ?? timezone,
    ...(target && { target }),
    checks: service.checks.map(compileCheck),
    openAfter: service.open,
    closeAfter: service.close,
    dependsOn: dependsOn.filter(isService),
    offWith: [...new Set([...dependsOn.filter((name) => !isService(name)), ...onItsInstance(service, workloads)])],
    maintenance: service.maintenance,
    ...(recover && { recover: compileRecover(recover, target) }),
  };
}

/** A batch that starts and stops the instance which the service runs on. */
function onItsInstance({ target }: Service, workloads: StageFile['workloads']): string[] {
  if (!target || !('ec2' in target)) return [];
  return Object.entries(workloads).flatMap(([name, workload]) =>
    workload.kind === 'batch' && workload.instance.id === target.ec2 ? [name] : [],
  );
}

function compileCheck(check: WrittenCheck): Check {
  const name = nameOf(check);
  if ('heartbeat' in check) return { kind: 'heartbeat', name, everySeconds: seconds(check.heartbeat) };
  if ('tcp' in check) {
    const [, host = '', port] = /^\[?(.+?)\]?:(\d+)$/.exec(check.tcp) ?? [];
    return { kind: 'tcp', name, host, port: Number(port), withinSeconds: seconds(check.within) };
  }
  const { url, status, contains, within, certificate } = check;
  return {
    kind: 'http',
    name,
    url,
    ...(status !== undefined && { status }),
    ...(contains !== undefined && { contains }),
    withinSeconds: seconds(within),
    certificateDays: Number.parseInt(certificate, 10),
  };
}

function compileRecover({ rungs, cooldown, ...rest }: WrittenRecover, target: Service['target']): Recover {
  return { ...rest, rungs: rungs ?? allRungs(rest.restart !== undefined, target), cooldownSeconds: seconds(cooldown) };
}

function allRungs(hasProcess: boolean, target: Service['target'] = { group: '' }): Rung[] {
  if ('ecs' in target) return ['redeploy'];
  if ('group' in target) return ['replace'];
  return [...(hasProcess ? (['restart'] as const) : []), 'reboot', 'stop-start'];
}

import type { Recover, Rung, ServiceWorkload, Target } from '../stage/compiled.ts';

interface Limits {
  /** How long it may take from its beginning until the service answers. */
  withinSeconds: number;
  /** How long after it was done it is not done again: the next harsher one is. */
  restSeconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** From the mildest to the harshest; a process that needs a restart every few minutes needs something else. */
export const RUNGS: Record<Rung, Limits> = {
  restart: { withinSeconds: 3 * MINUTE, restSeconds: 15 * MINUTE },
  reboot: { withinSeconds: 6 * MINUTE, restSeconds: HOUR },
  'stop-start': { withinSeconds: 10 * MINUTE, restSeconds: 2 * HOUR },
  redeploy: { withinSeconds: 10 * MINUTE, restSeconds: 30 * MINUTE },
  replace: { withinSeconds: 15 * MINUTE, restSeconds: 30 * MINUTE },
};

/** How long a person has to approve a step: what `AwaitApproval` of the machine waits. */
export const APPROVAL_SECONDS = 30 * MINUTE;

/** How long a recovery waits for another one on the same machine, or until it may be done again. */
export const PATIENCE_SECONDS = 30 * MINUTE;

/** By then it has ended, one way or another. */
export function longestSeconds({ rungs, approve, cooldownSeconds }: Recover): number {
  const work = rungs.reduce((sum, rung) => sum + 2 * RUNGS[rung].withinSeconds, 0);
  return cooldownSeconds + PATIENCE_SECONDS + work + approve.length * APPROVAL_SECONDS + 10 * MINUTE;
}

/** A service that may be recovered. */
export type Recoverable = ServiceWorkload & { target: Target; recover: Recover };

export function isRecoverable(service: ServiceWorkload | undefined): service is Recoverable {
  return service?.target !== undefined && service.recover !== undefined;
}

/** The first service that is on the same thing in AWS: what is recovered is that thing, one recovery at a time. */
export function ownerOf(target: Target, services: Record<string, ServiceWorkload>): string {
  const same = JSON.stringify(target);
  const [name = ''] = Object.entries(services).find(([, service]) => JSON.stringify(service.target) === same) ?? [];
  return name;
}

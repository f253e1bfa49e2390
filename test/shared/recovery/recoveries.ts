import type { RecoveryPlan } from '../../../functions/admit-recovery/contract.ts';
import type { Input as State } from '../../../functions/choose-rung/contract.ts';
import type { Recoverable } from '../../../shared/recovery/rungs.ts';
import type { CompiledStage, Recover, ServiceWorkload } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage } from '../builders.ts';
import { aService } from '../watch/services.ts';

/** These tests speak of `web`, which opened on Monday, 2 November 2026, 09:02 in Seoul. */
export const OPENED = '2026-11-02T00:02:00.000Z';
export const BEGUN = '2026-11-02T00:02:03.120Z';
export const RECOVERY_KEY = '2026-11-02T09:02';
export const SERVER = 'i-0fedcba9876543210';
export const RECOVERY =
  'arn:aws:states:ap-northeast-2:123456789012:execution:lamplighter-dev-recover-service:web-20261102000200000';

export function aRecover(recover: Partial<Recover> = {}): Recover {
  return {
    restart: { by: 'pm2', name: 'api', ask: 'http://localhost:3000/health' },
    rungs: ['restart', 'reboot', 'stop-start'],
    approve: [],
    perDay: 3,
    cooldownSeconds: 600,
    ...recover,
  };
}

/** A service on a server, that may be recovered. */
export function aRecoverable(recover: Partial<Recover> = {}, service: Partial<ServiceWorkload> = {}): Recoverable {
  return { ...aService({ target: { ec2: SERVER } }), recover: aRecover(recover), ...service } as Recoverable;
}

export function aRecoveredStage(
  recover: Partial<Recover> = {},
  service: Partial<ServiceWorkload> = {},
  stage: Parameters<typeof aStage>[0] = {},
): CompiledStage {
  return aStage({
    workloads: {},
    control: 'https://www.example.org',
    services: { web: aRecoverable(recover, service) },
    ...stage,
  });
}

export function aPlan(plan: Partial<RecoveryPlan> = {}): RecoveryPlan {
  return {
    ...{ kind: 'service', workload: 'web', key: RECOVERY_KEY, scheduledFor: OPENED, execution: RECOVERY },
    ...{ by: 'checks', why: 'front: answers 503', admittedAt: BEGUN, deadlineAt: '2026-11-02T02:02:03.120Z' },
    target: { kind: 'ec2', id: SERVER, cluster: '' },
    lease: { workload: 'web', key: `web ${RECOVERY_KEY}` },
    ...{ failures: 1, looksAgain: true },
    ...plan,
  };
}

/** The state of the machine after it was confirmed that the service is down. */
export function aState(state: Partial<State> = {}): State {
  return {
    decision: 'recover',
    run: aPlan(),
    asked: { isDown: true, at: BEGUN, problem: 'front: answers 503' },
    ...state,
  };
}

/** The state while a step is done. */
export function aChoice(choice: Partial<NonNullable<State['choice']>> = {}): NonNullable<State['choice']> {
  return {
    ...{ rung: 'restart', needsApproval: false, at: BEGUN, begun: { at: BEGUN }, withinSeconds: 180 },
    ...{ startUntil: '2026-11-02T02:02:03.120Z', instanceId: SERVER, steps: [] },
    ...choice,
  };
}

/** A recovery as the table keeps it. */
export function aRecovery(run: Partial<Run> = {}): Run {
  const { target: _, lease: __, failures: ___, looksAgain: ____, ...record } = aPlan();
  return { ...record, status: 'running', ...run };
}

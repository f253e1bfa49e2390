import { InvalidInput } from '../../shared/errors.ts';
import { askedBy } from '../../shared/recovery/asked.ts';
import { isRecoverable, longestSeconds, ownerOf, type Recoverable } from '../../shared/recovery/rungs.ts';
import type { CompiledStage, Target } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import { slotKey } from '../../shared/time/slots.ts';
import type { Input, RecoveryPlan, Request } from './contract.ts';

/** So many failures, asked just then, confirm an alarm: it tells of a machine, and one answer that is late tells little. */
const FAILURES_AFTER_ALARM = 3;

interface Meant {
  name: string;
  service: Recoverable;
  by: string;
  why: string;
  /** When it was opened; now without it. */
  openedAt?: string;
}

/**
 * Everything that the machine needs to know about a recovery, decided once; undefined where nothing is asked for.
 *
 * @throws InvalidInput when a person, or the checks, ask for what cannot be
 */
export function planRecovery(stage: CompiledStage, { request, execution, startedAt }: Input): RecoveryPlan | undefined {
  const meant = meantBy(stage, request);
  if (!meant) return undefined;
  const { name, service, by, why, openedAt } = meant;
  const { recover, target, timezone } = service;
  const scheduledFor = new Date(openedAt ?? startedAt).toISOString();
  // By hand and by an alarm its key goes to the second: an opening in the same minute is another run.
  const key = slotKey(scheduledFor, timezone) + (by === 'checks' ? '' : scheduledFor.slice(16, 19));
  return {
    ...{ kind: 'service', workload: name, key, scheduledFor, execution, by, why, admittedAt: startedAt },
    deadlineAt: new Date(Date.parse(startedAt) + longestSeconds(recover) * 1000).toISOString(),
    target: targetOf(target),
    lease: { workload: ownerOf(target, stage.services), key: `${name} ${key}` },
    failures: by === 'alarm' ? FAILURES_AFTER_ALARM : 1,
    looksAgain: by === 'checks',
  };
}

/** What the record keeps of the plan. */
export function recordOf(run: RecoveryPlan): Run {
  const { target: _, lease: __, failures: ___, looksAgain: ____, ...record } = run;
  return { ...record, status: 'running' };
}

function meantBy(stage: CompiledStage, request: Request): Meant | undefined {
  if ('detail' in request) return byAlarm(stage, request);
  const { service: name } = request;
  const service = Object.hasOwn(stage.services, name) ? stage.services[name] : undefined;
  if (isRecoverable(service)) return { ...request, name, service };
  const known = Object.keys(stage.services).filter((one) => isRecoverable(stage.services[one]));
  throw new InvalidInput(`service: nothing recovers ${name}; what is recovered: ${known.join(', ') || 'nothing'}`);
}

/** The alarms of a machine have the name of its first service, which need not be the one that is recovered. */
function byAlarm(stage: CompiledStage, event: Extract<Request, { detail: unknown }>): Meant | undefined {
  const asked = askedBy(stage.stage, event);
  const first = asked && Object.hasOwn(stage.services, asked.service) ? stage.services[asked.service] : undefined;
  if (!asked || !first?.target) return undefined;
  const owner = ownerOf(first.target, stage.services);
  const candidates = [asked.service, ...Object.keys(stage.services)].map((name) => ({
    name,
    service: stage.services[name],
  }));
  for (const { name, service } of candidates)
    if (isRecoverable(service) && ownerOf(service.target, stage.services) === owner)
      return { name, service, by: 'alarm', why: asked.alarm, openedAt: asked.at };
  return undefined;
}

function targetOf(target: Target): RecoveryPlan['target'] {
  if ('ec2' in target) return { kind: 'ec2', id: target.ec2, cluster: '' };
  if ('group' in target) return { kind: 'group', id: target.group, cluster: '' };
  return { kind: 'ecs', id: target.ecs.service, cluster: target.ecs.cluster };
}

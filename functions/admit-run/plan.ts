import { bootHandover, commandRequest, jobVariables } from '../../shared/job.ts';
import { slotKey } from '../../shared/slots.ts';
import type { BatchWorkload, CompiledStage } from '../../shared/stage/compiled.ts';
import type { Input, Plan } from './contract.ts';

/** From the deadline to the schedule that stops the instance by itself: time for the machine to stop it first. */
const SAFETY_MARGIN_SECONDS = 120;

/**
 * Everything that the machine needs to know about a run, decided once.
 *
 * @param startedAt when the execution began, ISO 8601: a retried Admit makes the same plan
 */
export function planRun(stage: CompiledStage, workload: BatchWorkload, { request, execution, startedAt }: Input): Plan {
  const scheduledFor = request.scheduledFor ?? startedAt;
  const key =
    request.key ?? slotKey(scheduledFor, workload.timezone) + (request.scheduledFor ? '' : startedAt.slice(16, 19));
  const deadline = Date.parse(startedAt) + workload.deadlineSeconds * 1000;
  const variables = jobVariables(workload, key, request.parameters);
  const id = `${request.workload}-${key.replace(/\D/g, '')}`;
  return {
    workload: request.workload,
    key,
    scheduledFor: new Date(scheduledFor).toISOString(),
    execution,
    by: request.by,
    instanceId: workload.instance.id,
    admittedAt: startedAt,
    deadlineAt: new Date(deadline).toISOString(),
    stopIfFoundRunning: workload.stopIfFoundRunning,
    safetyStop: {
      name: `${stage.stage}-${id}`,
      expression: `at(${utcSecond(deadline + SAFETY_MARGIN_SECONDS * 1000)})`,
    },
    job: {
      by: workload.run.by,
      ...(workload.run.by === 'ssm'
        ? { command: commandRequest(stage.stage, request.workload, workload, variables) }
        : { handover: bootHandover(`${request.workload} ${key}`, workload, variables, deadline) }),
      heartbeatSeconds: workload.run.heartbeatSeconds,
    },
  };
}

/** An instant as a one-time schedule wants it: UTC, to the second, without a zone. */
function utcSecond(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}

import { bootHandover, commandRequest, jobVariables } from '../../shared/job.ts';
import type { BatchWorkload, CompiledStage } from '../../shared/stage/compiled.ts';
import type { BatchPlan, Input } from './contract.ts';
import type { NameOfRun } from './plan.ts';

/** From the deadline to the schedule that stops the instance by itself: time for the machine to stop it first. */
const SAFETY_MARGIN_SECONDS = 120;

/** The plan of a run of a batch. @throws InvalidInput for parameters that nobody declared */
export function planBatch(
  stage: CompiledStage,
  workload: BatchWorkload,
  { request }: Pick<Input, 'request'>,
  name: NameOfRun,
): BatchPlan {
  const deadline = Date.parse(name.admittedAt) + workload.deadlineSeconds * 1000;
  const variables = jobVariables(workload, name.key, request.parameters);
  return {
    kind: 'batch',
    ...name,
    instanceId: workload.instance.id,
    deadlineAt: new Date(deadline).toISOString(),
    stopIfFoundRunning: workload.stopIfFoundRunning,
    safetyStop: {
      name: `${stage.stage}-${name.workload}-${name.key.replace(/\D/g, '')}`,
      expression: `at(${utcSecond(deadline + SAFETY_MARGIN_SECONDS * 1000)})`,
    },
    job: {
      by: workload.run.by,
      ...(workload.run.by === 'ssm'
        ? { command: commandRequest(stage.stage, name.workload, workload, variables) }
        : { handover: bootHandover(`${name.workload} ${name.key}`, workload, variables, deadline) }),
      heartbeatSeconds: workload.run.heartbeatSeconds,
    },
  };
}

/** An instant as a one-time schedule wants it: UTC, to the second, without a zone. */
function utcSecond(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}

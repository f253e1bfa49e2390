import { startPipeline } from '../../shared/aws/executions.ts';
import { publish } from '../../shared/notices/notice.ts';
import { notBegunNotice } from '../../shared/notices/pipeline-late.ts';
import { sweptName } from '../../shared/pipeline/execution-names.ts';
import { deployedPipeline, deployedStage } from '../../shared/stage/deployed.ts';
import { getRun } from '../../shared/state/runs.ts';
import { seenAt } from '../../shared/state/watch.ts';
import { daySkipped, plannedBetween } from '../../shared/time/planned.ts';
import type { Output } from './contract.ts';

const MINUTE_MS = 60_000;

const real = { stage: deployedStage, seenAt, getRun, startPipeline, publish, now: Date.now };

/** Says that a run which was due has not begun, and begins it; the sweeper, which would, comes every ten minutes. */
export async function lookForBeginning(
  { workload: name, scheduledFor }: { workload: string; scheduledFor: string },
  effects = real,
): Promise<Output> {
  const { calendar, ...rest } = effects.stage();
  const stage = { calendar, ...rest };
  const workload = deployedPipeline(name, stage);
  const due = Date.parse(scheduledFor) - workload.begunWithinSeconds * 1000;
  const [slot] = plannedBetween(workload, calendar, due, due + MINUTE_MS);
  if (!slot || daySkipped(workload, 'run', slot.key, calendar)) return { found: 'nothing' };
  // It was first deployed after that: nobody expects the run.
  if (slot.at < ((await effects.seenAt(name)) ?? Number.POSITIVE_INFINITY)) return { found: 'nothing' };
  if (await effects.getRun(name, slot.key)) return { found: 'nothing' };
  await effects.startPipeline(name, sweptName(name, slot), {
    workload: name,
    scheduledFor: new Date(slot.at).toISOString(),
    key: slot.key,
    by: 'sweeper',
  });
  await effects.publish(notBegunNotice({ workload: name, ...slot }, stage, effects.now()));
  return { found: 'not-begun', key: slot.key };
}

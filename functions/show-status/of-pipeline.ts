import { median } from '../../shared/cost/median.ts';
import { type StepEnded, secondsOf } from '../../shared/pipeline/ended.ts';
import { secondsOfStep } from '../../shared/pipeline/ended-of.ts';
import { USUAL } from '../../shared/pipeline/expect.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import { type StepRecord, stepsOf } from '../../shared/state/steps.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { PipelineStatus, StepStatus } from './pipeline-contract.ts';

export const ofAPipeline = { stepsOf };

/** Among so many of its newest runs are those that the usual duration is of. */
export const PIPELINE_RUNS = USUAL.of;

/** How a pipeline stands, step by step: of the run that goes on, or else of the newest that began. @param runs newest first */
export async function askOfPipeline(
  name: string,
  { steps, after, duration, timezone }: PipelineWorkload,
  runs: readonly Run[],
  now: number,
  effects: typeof ofAPipeline,
): Promise<PipelineStatus> {
  const running = runs.find(({ status }) => status === 'running');
  const shown = running ?? runs.find(({ status }) => status !== 'skipped');
  const records = running ? await effects.stepsOf(name, running.key, Object.keys(steps)) : [];
  const known = Object.keys(steps).map((step) =>
    running ? goingOn(step, running, records, timezone) : ended(step, shown?.ended ?? []),
  );
  const usual = median(runs.filter(({ status }) => status === 'succeeded').flatMap((run) => secondsOf(run) ?? []));
  const seconds = shown && secondsSoFar(shown, now);
  return {
    ...(after && { after }),
    ...(shown && { run: shown.key }),
    steps: known.flatMap((step) => step ?? []),
    ...(seconds !== undefined && { seconds }),
    ...(usual !== undefined && { usualSeconds: usual }),
    ...(duration.warnSeconds !== undefined && { warnSeconds: duration.warnSeconds }),
    warnings: shown?.warnings ?? [],
  };
}

/** One that waits for another has not begun. */
function secondsSoFar(run: Run, now: number): number | undefined {
  if (run.status !== 'running') return secondsOf(run);
  return run.startedAt === undefined ? undefined : secondsOf({ ...run, endedAt: new Date(now).toISOString() });
}

/** As its record has it; one of an earlier generation that is not begun again yet waits. */
function goingOn(name: string, run: Run, records: readonly StepRecord[], timezone: string): StepStatus {
  const { generation = 1 } = run;
  const record = records.find(({ step }) => step === name);
  if (record?.generation !== generation) return { name, status: 'waiting' };
  const { startedAt, status } = record;
  if (status === 'running') return { name, status, ...(startedAt && { since: localTime(startedAt, timezone) }) };
  return asRead({ ...record, name, status, seconds: secondsOfStep(record) });
}

function ended(name: string, all: readonly StepEnded[]): StepStatus | undefined {
  const step = all.find((one) => one.name === name);
  return step && asRead(step);
}

function asRead({ name, status, seconds, tries, numbers, reason, warnings }: StepEnded): StepStatus {
  return {
    ...{ name, status },
    ...(seconds !== undefined && { seconds }),
    ...(tries !== undefined && { tries }),
    ...(numbers && { numbers }),
    ...(reason && { reason }),
    ...(warnings && { warnings }),
  };
}

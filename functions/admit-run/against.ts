import { EMERGENCY } from '../../shared/emergency.ts';
import { because } from '../../shared/reasons.ts';
import type { Workload } from '../../shared/stage/compiled.ts';
import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { getBreaker } from '../../shared/state/breaker.ts';
import { overBudget } from '../../shared/state/budget-gate.ts';
import { takeLease } from '../../shared/state/lease.ts';
import { heldBack, isEmergency, kept } from '../../shared/state/overrides.ts';
import { daySkipped, isWithinHours } from '../../shared/time/planned.ts';
import type { EnvironmentPlan, Plan } from './contract.ts';
import { mayWait } from './plan-pipeline.ts';

export const real = {
  stage: deployedStage,
  heldBack,
  isEmergency,
  kept,
  overBudget,
  getBreaker,
  takeLease,
  now: Date.now,
};

/** Why a run may not go on: for good, or only now. */
export type Against = { decision: 'skip' | 'wait'; reason: string };

/** What is against starting something: its time, the calendar, a person, its failures, or another run. */
export async function againstStart(run: Plan, effects: typeof real): Promise<Against | undefined> {
  const { calendar, ...stage } = effects.stage();
  const workload = deployedWorkload(run.workload, { calendar, ...stage });
  const late = (Date.parse(run.admittedAt) - Date.parse(run.scheduledFor)) / 1000;
  // A run of a pipeline that somebody asks for, or that comes after another, may be one of an earlier day.
  const mayBeLate = run.kind === 'pipeline' && isByHand(run);
  if (late > workload.startWithinSeconds && !mayBeLate) return skip(because('late', Math.round(late / 60)));
  const act = run.kind === 'environment' ? 'start' : 'run';
  const dayOff = isByHand(run) ? undefined : daySkipped(workload, act, run.key, calendar);
  if (dayOff) return skip(dayOff);
  if (workload.kind === 'environment' && !isByHand(run) && !isWithinHours(workload, calendar, effects.now()))
    return skip(because('hoursOver'));
  const held = await effects.heldBack(run.workload);
  if (held) return skip(held);
  const over = await effects.overBudget(run.workload, effects.now());
  if (over) return skip(over);
  const failures = (await effects.getBreaker(run.workload))?.failures ?? 0;
  if (failures >= workload.breakerFailures) return skip(because('breakerOpen', failures, run.workload));
  return againstLease(run, effects, workload);
}

/**
 * What is against stopping an environment: only that it should be up, that a person keeps it, or another run; in an
 * emergency the last alone.
 */
export async function againstStop(run: EnvironmentPlan, effects: typeof real): Promise<Against | undefined> {
  if (run.by === EMERGENCY || (await effects.isEmergency())) return againstLease(run, effects);
  const stage = effects.stage();
  const workload = deployedWorkload(run.workload, stage);
  const isUp = workload.kind === 'environment' && isWithinHours(workload, stage.calendar, effects.now());
  if (isUp && !isByHand(run)) return skip(because('withinHours'));
  const keeper = await effects.kept(run.workload);
  if (keeper) return skip(keeper);
  return againstLease(run, effects);
}

/**
 * An environment waits for its other run: a stop that is left out would leave it on. So does a pipeline for its run of
 * the day before, when the one that it comes after has gone on to the next.
 */
async function againstLease(run: Plan, effects: typeof real, workload?: Workload): Promise<Against | undefined> {
  const holder = await effects.takeLease(run);
  if (!holder) return undefined;
  const reason = because('busy', holder);
  const isPatient = workload?.kind === 'pipeline' ? mayWait(run, workload) : run.kind === 'environment';
  const isInTime = run.kind !== 'batch' && effects.now() < Date.parse(run.waitUntil);
  return { decision: isPatient && isInTime ? 'wait' : 'skip', reason };
}

function isByHand({ by }: Plan): boolean {
  return by !== 'schedule' && by !== 'sweeper';
}

function skip(reason: string): Against {
  return { decision: 'skip', reason };
}

import { dayOff } from '../../shared/slots.ts';
import { deployedStage, deployedWorkload } from '../../shared/stage/deployed.ts';
import { getBreaker } from '../../shared/state/breaker.ts';
import { heldBack } from '../../shared/state/gate.ts';
import { takeLease } from '../../shared/state/lease.ts';
import { claimRun } from '../../shared/state/runs.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output, type Plan } from './contract.ts';
import { planRun } from './plan.ts';

const real = { stage: deployedStage, claimRun, heldBack, getBreaker, takeLease };

/** Decides whether a run may start: once for each (workload, time), and only when nothing and nobody is against it. */
export async function admitRun(event: Input, effects = real): Promise<Output> {
  const stage = effects.stage();
  const workload = deployedWorkload(event.request.workload, stage);
  const run = planRun(stage, workload, event);
  const { stopIfFoundRunning: _, job: __, safetyStop, ...record } = run;
  const claim = await effects.claimRun({ ...record, status: 'running', safetyStop: safetyStop.name });
  if (claim === 'duplicate') return { decision: 'duplicate', run };

  const reason = await reasonNotToStart(run, effects);
  return reason ? { decision: 'skip', reason, run } : { decision: 'run', run };
}

async function reasonNotToStart(run: Plan, effects: typeof real): Promise<string | undefined> {
  const { calendar, workloads } = effects.stage();
  const workload = workloads[run.workload];
  if (!workload) return undefined;
  const late = (Date.parse(run.admittedAt) - Date.parse(run.scheduledFor)) / 1000;
  if (late > workload.startWithinSeconds) return `late: delivered ${Math.round(late / 60)} minutes after its time`;
  const byHand = run.by !== 'schedule' && run.by !== 'sweeper';
  const calendarSays = byHand ? undefined : dayOff(run.key, workload.days, calendar);
  if (calendarSays) return calendarSays;
  const held = await effects.heldBack(run.workload);
  if (held) return held;
  const failures = (await effects.getBreaker(run.workload))?.failures ?? 0;
  if (failures >= workload.breakerFailures)
    return `breaker open: ${failures} failures in a row; resume ${run.workload} to close it`;
  const holder = await effects.takeLease(run);
  return holder && `busy: the run of ${holder} is still going on`;
}

export const handler = wrap(input, admitRun);

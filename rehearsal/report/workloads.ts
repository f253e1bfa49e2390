import { rateOf } from '../../shared/cost/rates.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { localTime } from '../../shared/time/slots.ts';
import { batchCost, environmentCost, lifetimes, pricesOf, round } from '../cost.ts';
import type { Journal } from '../journal.ts';
import type { Measured, WorkloadReport } from '../report.ts';
import { daysOf, type Rate } from './days.ts';
import { type Passages, runsOf } from './runs.ts';

interface Facts {
  stage: CompiledStage;
  from: number;
  to: number;
}

/** How one workload went. @throws Error where the stage has none of that name */
export function workloadReport(
  name: string,
  { stage, from, to }: Facts,
  journal: Journal,
  { hours, days: metered }: Measured,
  passages: Passages,
): WorkloadReport {
  const workload = stage.workloads[name];
  if (!workload) throw new Error(`no workload ${name}`);
  const runs = runsOf(name, workload.timezone, to, journal, passages);
  const span = (to - from) / 3_600_000;
  const { kind } = workload;
  if (kind === 'pipeline') return { kind, runs, onHours: 0, cost: { unknown: 'it has nothing of its own that is on' } };
  const rate = rateKnown(rateOf(workload, pricesOf(stage)));
  if (kind === 'environment') {
    const onHours = hours.get(workload.stack.name) ?? 0;
    const local = (instant: number) => localTime(instant, workload.timezone);
    const up = lifetimes(workload.stack.name, journal)
      .filter((life) => life.from < to)
      .map((life) => ({ from: local(life.from), ...(life.to && { to: local(life.to) }) }));
    const days = daysOf(workload.stack.name, metered, rate);
    return { kind, runs, onHours: round(onHours, 2), days, cost: environmentCost(onHours, span, workload, stage), up };
  }
  const onHours = hours.get(workload.instance.id) ?? 0;
  const days = daysOf(workload.instance.id, metered, rate);
  return { kind, runs, onHours: round(onHours, 2), days, cost: batchCost(onHours, span, workload, stage) };
}

function rateKnown({ unknown, ...rate }: ReturnType<typeof rateOf>): Rate | undefined {
  return unknown.length === 0 ? rate : undefined;
}

import type { BatchWorkload, CompiledStage, EnvironmentWorkload } from '../stage/compiled.ts';
import { type Bill, billOf, type Item } from './items.ts';
import { hoursOf, type Month, plannedHours, plannedRuns } from './on-hours.ts';
import { hourlyOf, typePrice } from './rates.ts';

/** How long the instance of a batch is on for a run, and how that is known. */
export interface RunLength {
  hours: number;
  /** `runs`: the median of what was recorded. `deadline`: the longest that it can be. */
  by: 'runs' | 'option' | 'deadline';
  /** Of how many runs it is the median. */
  of?: number;
}

/** What a month costs: `hours` are those that it is on. */
export interface Side extends Bill {
  hours: number;
}

/** What a month of a workload costs always on, and by its schedule and calendar. */
export interface Savings {
  kind: (BatchWorkload | EnvironmentWorkload)['kind'];
  before: Side;
  after: Side;
  /** Of a batch: how many runs, and how long each. */
  runs?: { planned: number; length: RunLength };
}

type Of = Pick<CompiledStage, 'calendar' | 'prices'>;

/**
 * A workload before and after, in a month. A pipeline has nothing that it could have on for less long.
 *
 * @param length of a run of a batch; its deadline without it
 */
export function savingsOf(
  workload: BatchWorkload | EnvironmentWorkload,
  stage: Of,
  month: Month,
  length?: RunLength,
): Savings {
  return workload.kind === 'batch' ? ofBatch(workload, stage, month, length) : ofEnvironment(workload, stage, month);
}

function ofBatch(workload: BatchWorkload, { calendar, prices }: Of, month: Month, given?: RunLength): Savings {
  const length = given ?? { hours: workload.deadlineSeconds / 3600, by: 'deadline' as const };
  const planned = plannedRuns(workload, calendar, month);
  const { type, storage } = workload.instance;
  const always: Item[] = storage
    ? [{ name: `${storage.size} GB ${storage.type}`, quantity: storage.size, each: typePrice(storage.type, prices) }]
    : [];
  const side = (hours: number) => {
    const each = type === undefined ? undefined : typePrice(type, prices);
    return { hours, ...billOf([{ name: type ?? 'instance.type', quantity: hours, each }, ...always]) };
  };
  // Runs that overlap are one stretch of the instance: it cannot be on for longer than the month.
  const hours = Math.min(planned * length.hours, hoursOf(month));
  return { kind: workload.kind, before: side(hoursOf(month)), after: side(hours), runs: { planned, length } };
}

function ofEnvironment(workload: EnvironmentWorkload, { calendar, prices }: Of, month: Month): Savings {
  const side = (hours: number) => {
    const items = workload.parts.map((part) => {
      const { name, count } = part;
      return { name, count, quantity: hours, each: hourlyOf(part, prices) };
    });
    return { hours, ...billOf(items.length > 0 ? items : [{ name: 'parts', quantity: hours, each: undefined }]) };
  };
  return {
    kind: workload.kind,
    before: side(hoursOf(month)),
    after: side(plannedHours(workload, calendar, month)),
  };
}

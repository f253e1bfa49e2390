import type { BatchWorkload, EnvironmentWorkload, Part, PipelineWorkload, Workload } from '../stage/compiled.ts';

type Prices = Readonly<Record<string, number>>;

/** What a workload costs at list price, in US dollars an hour, as far as prices are known. */
export interface Rate {
  /** While it is on. */
  on: number;
  /** Whether it is on or not: its disk. */
  always: number;
  /** Prices that are missing: what has none is not in the sums. */
  unknown: string[];
}

/** A month as AWS reckons it, for what is priced by the month. */
export const HOURS_OF_MONTH = 730;

/**
 * What a workload costs an hour. A price that is missing is named, never taken for zero.
 *
 * @param observed the type that its instance was seen to have, where that is known
 */
export function rateOf(workload: Workload, prices: Prices, observed?: string): Rate {
  if (workload.kind === 'pipeline') return ofPipeline(workload);
  return workload.kind === 'batch' ? ofBatch(workload, prices, observed) : ofEnvironment(workload, prices);
}

/** The price of one of a part, in US dollars an hour. */
export function hourlyOf({ hourly, type }: Part, prices: Prices): number | undefined {
  return hourly ?? (type === undefined ? undefined : typePrice(type, prices));
}

function ofBatch({ instance }: BatchWorkload, prices: Prices, observed: string | undefined): Rate {
  const type = observed ?? instance.type;
  const on = type === undefined ? undefined : typePrice(type, prices);
  const { storage } = instance;
  const gigabyte = storage && typePrice(storage.type, prices);
  return {
    on: on ?? 0,
    always: storage && gigabyte ? (gigabyte * storage.size) / HOURS_OF_MONTH : 0,
    unknown: [
      ...(on === undefined ? [type ?? 'instance.type'] : []),
      ...(storage && gigabyte === undefined ? [storage.type] : []),
    ],
  };
}

function ofEnvironment({ parts }: EnvironmentWorkload, prices: Prices): Rate {
  const priced = parts.map((part) => ({ part, each: hourlyOf(part, prices) }));
  return {
    on: priced.reduce((sum, { part, each = 0 }) => sum + each * part.count, 0),
    always: 0,
    unknown:
      parts.length === 0 ? ['parts'] : priced.flatMap(({ part, each }) => (each === undefined ? [part.name] : [])),
  };
}

/** Its servers are there without it; what its tasks take is only known to ECS. */
function ofPipeline({ steps }: PipelineWorkload): Rate {
  const tasks = Object.entries(steps).flatMap(([name, { work }]) => (work.by === 'task' ? [name] : []));
  return { on: 0, always: 0, unknown: tasks };
}

/** The price of a type of the stage's list. Only what the list itself holds: `constructor` is unknown as well. */
export function typePrice(name: string, prices: Prices): number | undefined {
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
}

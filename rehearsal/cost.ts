import { HOURS_OF_MONTH, hourlyOf, typePrice } from '../shared/cost/rates.ts';
import { listPrices } from '../shared/prices/prices.ts';
import type { BatchWorkload, CompiledStage, EnvironmentWorkload } from '../shared/stage/compiled.ts';
import { EMPTY } from './aws/stack-states.ts';
import type { Journal } from './journal.ts';
import type { WorkloadReport } from './report.ts';

type Cost = WorkloadReport['cost'];
type Prices = Pick<CompiledStage, 'region' | 'prices'>;

/** What a part of an environment costs, in US dollars; without an hourly price that is unknown. */
export interface PartCost {
  name: string;
  count: number;
  hourly?: number;
  alwaysOn?: number;
  actual?: number;
}

/**
 * What an instance cost. An unknown price is said, never counted as zero.
 *
 * @param onHours billed hours
 * @param hours how long was rehearsed
 */
export function batchCost(onHours: number, hours: number, workload: BatchWorkload, stage: Prices): Cost {
  const { type, storage } = workload.instance;
  const prices = pricesOf(stage);
  const hour = type ? typePrice(type, prices) : undefined;
  if (hour === undefined) return { unknown: type ? noPrice(type, stage) : 'instance.type is not given' };
  const gigabyte = storage ? typePrice(storage.type, prices) : 0;
  if (gigabyte === undefined) return { unknown: noPrice(storage?.type, stage) };
  const disk = (gigabyte * (storage?.size ?? 0) * hours) / HOURS_OF_MONTH;
  const alwaysOn = hour * hours + disk;
  const actual = hour * onHours + disk;
  return { ...sums(alwaysOn, actual), storage: round(disk, 2) };
}

/**
 * What an environment cost, by its parts.
 *
 * @param onHours hours that it had resources
 * @param hours how long was rehearsed
 */
export function environmentCost(onHours: number, hours: number, { parts }: EnvironmentWorkload, stage: Prices): Cost {
  if (parts.length === 0) return { unknown: 'parts are not given' };
  const priced = parts.map((part) => ({ ...part, hourly: hourlyOf(part, pricesOf(stage)) }));
  const listed = priced.map(({ name, count, hourly }) => {
    const each = hourly === undefined ? undefined : hourly * count;
    return {
      ...{ name, count },
      ...(each !== undefined && { hourly, alwaysOn: round(each * hours, 2), actual: round(each * onHours, 2) }),
    };
  });
  const unpriced = priced.filter(({ hourly }) => hourly === undefined);
  if (unpriced.length > 0)
    return { unknown: unpriced.map(({ type }) => noPrice(type, stage)).join('; '), parts: listed };
  const hourly = priced.reduce((sum, { count, hourly: each = 0 }) => sum + each * count, 0);
  return { ...sums(hourly * hours, hourly * onHours), parts: listed };
}

/** When a stack had resources, in milliseconds since the epoch; without an end where it still has. */
export function lifetimes(stack: string, journal: Journal): { from: number; to?: number }[] {
  const lives: { from: number; to?: number }[] = [];
  for (const { name, from, to, at } of journal.of('stack')) {
    if (name !== stack) continue;
    const last = lives.at(-1);
    const isUp = last !== undefined && last.to === undefined;
    // What was rolled back, or only looked at, has nothing left to delete.
    const isLeftover = from !== 'absent' && EMPTY.test(from) && to.startsWith('DELETE');
    if (EMPTY.test(to) && isUp) last.to = at;
    if (!EMPTY.test(to) && !isUp && !isLeftover) lives.push({ from: at });
  }
  return lives.filter(({ from, to }) => from !== to);
}

/** To so many digits after the point. */
export function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** What the stage file says wins over the list. */
export function pricesOf({ region, prices }: Prices): Record<string, number> {
  return { ...listPrices(region), ...prices };
}

function sums(alwaysOn: number, actual: number): Cost {
  return {
    alwaysOn: round(alwaysOn, 2),
    actual: round(actual, 2),
    savedPercent: alwaysOn === 0 ? 0 : round((1 - actual / alwaysOn) * 100, 1),
  };
}

function noPrice(what: string | undefined, { region }: Prices): string {
  return `no price for ${what} in ${region}: add it under prices`;
}

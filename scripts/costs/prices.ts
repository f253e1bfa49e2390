import type { Item } from '../../shared/cost/items.ts';
import { HOURS_OF_MONTH } from '../../shared/cost/rates.ts';
import {
  type ControlItem,
  controlPrice,
  fargateHour,
  instanceHour,
  type NetworkItem,
  networkPrice,
  publicIpv4Hour,
  storageMonth,
  type TaskSize,
} from '../../shared/prices/prices.ts';

/** Where all sources are. */
export const SEOUL = 'ap-northeast-2';

/** Things of Seoul at AWS's list price, for a month unless told otherwise. */
export const instance = (type: string, hours = HOURS_OF_MONTH, region = SEOUL): Item => ({
  ...{ name: type, quantity: hours, each: instanceHour(region, type) },
});
export const disk = (gigabytes: number): Item => ({
  ...{ name: 'gp3', quantity: gigabytes, each: storageMonth(SEOUL, 'gp3', 1) },
});
export const address = (count = 1, hours = HOURS_OF_MONTH): Item => ({
  ...{ name: 'public IPv4', count, quantity: hours, each: publicIpv4Hour() },
});
export const network = (item: NetworkItem, quantity = HOURS_OF_MONTH): Item => ({
  ...{ name: item, quantity, each: networkPrice(SEOUL, item) },
});
export const task = (size: TaskSize, hours = HOURS_OF_MONTH): Item => ({
  ...{ name: 'task', quantity: hours, each: fargateHour(SEOUL, size) },
});
export const control = (item: ControlItem, units: number): Item => ({
  ...{ name: item, quantity: units, each: controlPrice(item, 1, SEOUL) },
});
/** A thing at the price that a source gives. */
export const at = (each: number, quantity: number, count = 1): Item => ({ name: `$${each}`, count, quantity, each });

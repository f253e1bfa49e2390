import type { Item } from './items.ts';

/** So many tasks on average, for so many hours of each day. */
export interface Load {
  name: string;
  tasks: number;
  hoursADay: number;
  days: number;
}

/**
 * Tasks that come and go with the load, as something to pay for.
 *
 * @param each US dollars an hour of one task; undefined where unknown
 */
export function tasksOf({ name, tasks, hoursADay, days }: Load, each: number | undefined): Item {
  return { name, count: tasks, quantity: hoursADay * days, each };
}

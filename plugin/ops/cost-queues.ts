import { cents } from '../../shared/cost/items.ts';
import { hoursOf, type Month } from '../../shared/cost/on-hours.ts';
import { rateOfWorker } from '../../shared/cost/workers.ts';
import { floorOf } from '../../shared/queues/floor.ts';
import type { CompiledStage, QueueWorkload } from '../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../shared/state/ledger.ts';

/** What the workers of a queue can cost in a month, and have: what comes between depends on the jobs. US dollars, to the cent. */
export interface QueueCost {
  kind: 'queue';
  /** One worker for an hour; left out where that has no price. */
  hourly?: number;
  /** By the minimum and the floors of the schedule, whatever comes. */
  least: Worked;
  /** The maximum around the clock. */
  most: Worked;
  /** What the ledger has of the month so far. */
  ran?: Worked;
  unknown: string[];
}

interface Worked {
  workerHours: number;
  usd?: number;
}

const STEP_MS = 15 * 60_000;

export function queueCost(
  name: string,
  queue: QueueWorkload,
  { calendar, prices }: Pick<CompiledStage, 'calendar' | 'prices'>,
  month: Month,
  days: readonly LedgerDay[] | undefined,
): QueueCost {
  const { on, unknown } = rateOfWorker(queue, prices);
  const isPriced = on > 0;
  const worked = (hours: number): Worked => ({
    workerHours: Math.round(hours * 10) / 10,
    ...(isPriced && { usd: cents(hours * on) }),
  });
  const ofMonth = days?.flatMap(({ day, workloads }) => (day.startsWith(month.name) ? (workloads[name] ?? []) : []));
  return {
    ...{ kind: 'queue', unknown },
    ...(isPriced && { hourly: Math.round(on * 1e5) / 1e5 }),
    least: worked(floorHours(queue, calendar, month)),
    most: worked(hoursOf(month) * queue.scaling.max),
    ...(ofMonth && {
      ran: {
        workerHours: Math.round(ofMonth.reduce((sum, { onSeconds }) => sum + onSeconds, 0) / 360) / 10,
        usd: cents(ofMonth.reduce((sum, { usd }) => sum + usd, 0)),
      },
    }),
  };
}

/** Floors begin and end at the minute; a quarter of an hour is near enough where they overlap. */
function floorHours(queue: QueueWorkload, calendar: CompiledStage['calendar'], { from, to }: Month): number {
  let sum = 0;
  for (let at = from; at < to; at += STEP_MS) sum += floorOf(queue, calendar, at);
  return (sum * STEP_MS) / 3_600_000;
}

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Item } from '../../shared/cost/items.ts';
import { control, disk, instance, task } from './prices.ts';
import { type CostTable, row } from './table.ts';

/** Of a year, less weekends and the holidays of an exchange. */
export const TRADING_DAYS = 21;
/** States of both machines on a trading day, entered or asked again: a rehearsal of a month is held to it. */
export const STATES_OF_A_DAY = 180;

const SCENARIO = new URL('../../examples/scenarios/daily-batch/usual.yml', import.meta.url);
/** ECS asks for a minute at least. */
const SHORTEST_TASK = 60;
const SIZE = { vcpu: 1, gigabytes: 2 };

export function dailyBatch(): CostTable {
  return {
    source: 'daily-batch.md',
    title: 'A chain of steps every day',
    rows: [
      row(
        'Airflow on a server that is always on: t3.medium',
        undefined,
        { list: [instance('t3.medium'), disk(30)] },
        'the source’s is its own; Airflow’s containers want 4 GB of memory, and this is what AWS asks for such a server and its disk',
      ),
      row(
        'both chains here: Step Functions',
        undefined,
        { list: [control('states.transition', STATES_OF_A_DAY * TRADING_DAYS)] },
        `${STATES_OF_A_DAY} states on each of ${TRADING_DAYS} trading days; functions, schedules and the table are some cents more`,
      ),
      row(
        'steps as commands on the source’s own server',
        undefined,
        {},
        'Systems Manager has a standard tier for servers of one’s own, up to 1,000 of them, and a dearer one: what it asks for is not in this price list',
      ),
      row(
        'the same steps as tasks of Fargate, 1 vCPU and 2 GB',
        undefined,
        { list: [asTasks()] },
        'of that time alone, each at least a minute; a task needs a way out, and a database that is not on a server of one’s own',
      ),
    ],
    notes: [
      'The source has no table of costs: its server is the team’s own. The seconds of its steps are those of `examples/scenarios/daily-batch/usual.yml`. What a stage has once, however many workloads it operates, is not in it: alarms, queues and the sweepers.',
    ],
  };
}

/** All steps of a month, each as a task of its own. */
function asTasks(): Item {
  const { steps } = parse(readFileSync(SCENARIO, 'utf8')) as {
    steps: Record<string, Record<string, { takes: [string, string] }>>;
  };
  const seconds = Object.values(steps).flatMap((pipeline) => Object.values(pipeline).map(({ takes }) => middle(takes)));
  const paid = seconds.reduce((sum, one) => sum + Math.max(SHORTEST_TASK, one), 0);
  return task(SIZE, (paid * TRADING_DAYS) / 3600);
}

/** @param takes `["15s", "25s"]` */
function middle([shortest, longest]: [string, string]): number {
  return (Number.parseInt(shortest, 10) + Number.parseInt(longest, 10)) / 2;
}

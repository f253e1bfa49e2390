import type { Item } from '../../shared/cost/items.ts';
import { type Load, tasksOf } from '../../shared/cost/load.ts';
import { fargateHour } from '../../shared/prices/prices.ts';
import { address, at, control, disk, instance, network, SEOUL } from './prices.ts';
import { type CostTable, type Row, row } from './table.ts';

const WORKER = { vcpu: 1, gigabytes: 2 };
/** What the source takes a task for. */
const TASK = 0.05;

/** The three load scenarios. */
export const LOADS: (Load & { says: number; total: number })[] = [
  { name: '1, queue < 20: no task', tasks: 0, hoursADay: 0, days: 30, says: 0, total: 77 },
  { name: '2, queue 50–100: 5 tasks, 4 h × 30', tasks: 5, hoursADay: 4, days: 30, says: 30, total: 107 },
  { name: '3, queue 500+: 25 tasks, 8 h × 30', tasks: 25, hoursADay: 8, days: 30, says: 300, total: 377 },
];

const fixed = {
  own: [at(60, 1), at(0.005, 720), at(0.1, 50), at(0.09, 100)],
  list: [instance('t3.large'), address(), disk(50), network('internetOutGigabyte', 100)],
};
/** A metric, and a call each minute to publish it. */
const published = [control('cloudwatch.metricMonth', 1), control('cloudwatch.request', 1440 * 30)];
const gateway = [network('natHour'), address()];

export function hybridQueueScaling(): CostTable {
  const [vm, ip, volume, transfer] = [0, 1, 2, 3].map((place) => ({
    own: fixed.own.slice(place, place + 1),
    list: fixed.list.slice(place, place + 1),
  }));
  return {
    source: 'hybrid-queue-scaling.md',
    title: 'A server, and workers by the queue',
    rows: [
      row('t3.large, 730 h', 60, { list: vm?.list }, '$0.0832 × 730 is $60.74 in N. Virginia; in Seoul it is $0.104'),
      row('Elastic IP', 3.6, ip ?? {}, 'of 720 hours'),
      row('50 GB of gp3', 5, volume ?? {}, '$0.10 is no price of gp3 in Seoul: $0.0912'),
      row(
        '100 GB out',
        9,
        transfer ?? {},
        'at N. Virginia’s $0.09; Seoul has $0.126. The first 100 GB of an account are free',
      ),
      row('fixed', 77, fixed, 'cut, not rounded'),
      row(
        'NAT gateway and its address',
        undefined,
        { list: gateway },
        'in the picture, in no table; each GB is $0.059 more',
      ),
      ...LOADS.map(ofLoad),
      row('a custom metric', 0.3, { own: [at(0.3, 1)], list: published.slice(0, 1) }),
      row('1,440 requests a day', 0.43, { own: [at(0.01 / 1000, 1440 * 30)], list: published.slice(1) }),
      ...LOADS.map((load) => ({
        ...row(`all, scenario ${load.name[0]}`, load.total, {
          own: [...fixed.own, ...published, tasksOf(load, TASK)],
          list: [...fixed.list, ...gateway, ...published, tasksOf(load, fargateHour(SEOUL, WORKER))],
        }),
        ...(load.tasks === 0 && {
          why: 'the source leaves the $0.73 of CloudWatch out; the list prices have the gateway',
        }),
      })),
    ],
    notes: [
      `A worker of 1 vCPU and 2 GB is $${price(WORKER)} an hour in Seoul, $${price({ ...WORKER, arm: true })} on Graviton; $0.05 is ` +
        `N. Virginia’s $${price(WORKER, 'us-east-1')}, rounded up. A task is billed from the download of its image on, a minute at least.`,
    ],
  };
}

function ofLoad(load: (typeof LOADS)[number]): Row {
  const items = (each: number | undefined): Item[] => [tasksOf(load, each)];
  const why = load.tasks > 0 ? 'its arithmetic holds; the price is N. Virginia’s' : undefined;
  return row(`scenario ${load.name}`, load.says, { own: items(TASK), list: items(fargateHour(SEOUL, WORKER)) }, why);
}

function price(size: typeof WORKER & { arm?: boolean }, region = SEOUL): string {
  return (fargateHour(region, size) ?? Number.NaN).toFixed(5);
}

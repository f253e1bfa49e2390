import { dollars } from '../../shared/cost/items.ts';
import { type Burst, bursts, ENDINGS, ended, LOADS, month, OUTAGES, outages, POISONS, poisoned } from './courses.ts';
import { cloudwatch, fargate } from './money.ts';
import type { Outcome } from './run.ts';
import type { Way } from './ways.ts';

export const HEAD = [
  'load',
  'scaled by',
  'drained after',
  'wait p50 / p95 / most',
  'backlog mean / most',
  'most workers',
  'worker-hours',
  'Fargate',
  'CloudWatch',
  'lost / repeated',
];

/** The months, the slow part. */
export function monthRows(ways: Way[], days?: number): string[] {
  return LOADS.flatMap((load) =>
    ways.map((way) => {
      const outcome = month(way, load, days);
      const { p50, p95, max } = outcome.jobs.waits;
      const watching = cloudwatch(way);
      return row([
        ...[`${load.name}; a month`, way.name, '–'],
        ...[`${p50} / ${p95} / ${max} s`, `${whole(outcome.backlog.mean)} / ${outcome.backlog.most}`],
        ...[String(outcome.peak), whole(outcome.workerHours), dollars(fargate(way, outcome.workerHours))],
        ...[watching === undefined ? '–' : dollars(watching), harm([outcome])],
      ]);
    }),
  );
}

/** What twelve bursts come to; of each number the one in the middle, of hours the mean. */
export interface BurstRow {
  way: Way;
  each: Burst[];
  drained: number;
  hours: number;
}

export function burstRows(ways: Way[]): BurstRow[] {
  return ways.map((way) => {
    const each = bursts(way);
    const hours = each.reduce((sum, { workerHours }) => sum + workerHours, 0) / each.length;
    return { way, each, drained: middle(each.map(({ drained }) => drained)), hours };
  });
}

export function burstRow({ way, each, drained, hours }: BurstRow): string {
  const all = each.map((one) => one.drained);
  const waits = each.map(({ jobs }) => jobs.waits);
  const wait = [
    whole(middle(waits.map(({ p50 }) => p50))),
    whole(middle(waits.map(({ p95 }) => p95))),
    Math.max(...waits.map(({ max }) => max)),
  ];
  return row([
    ...['500 jobs at once, from none', way.name],
    `${whole(drained)} s (${whole(Math.min(...all))}–${whole(Math.max(...all))})`,
    ...[`${wait.join(' / ')} s`, '–', String(Math.max(...each.map(({ peak }) => peak)))],
    ...[hours.toFixed(1), dollars(fargate(way, hours)), '–', harm(each)],
  ]);
}

export function poisonTable(ways: Way[]): string {
  const cells = ({ load }: (typeof POISONS)[number], way: Way) => {
    const { peak, workerHours } = poisoned(way, load);
    return `${peak} / ${whole(workerHours)} h`;
  };
  return table(
    ['scaled by', ...POISONS.map(({ name }) => name)],
    ways.map((way) => row([way.name, ...POISONS.map((poison) => cells(poison, way))])),
  );
}

export function outageTable(ways: Way[]): string {
  const cells = (way: Way) =>
    OUTAGES.map((one) => {
      const all = outages(way, one);
      return `${all.reduce((sum, { scaledInMeanwhile }) => sum + scaledInMeanwhile, 0)} / ${harm(all)}`;
    });
  return table(
    ['scaled by', ...OUTAGES.map(({ name }) => name)],
    ways.map((way) => row([way.name, ...cells(way)])),
  );
}

export function endingTable(ways: Way[]): string {
  return table(
    ['a worker has', ...ways.map(({ name }) => name)],
    ENDINGS.map((ending) => row([ending.name, ...ways.map((way) => harm([ended(way, ending)]))])),
  );
}

export function table(head: string[], rows: string[]): string {
  return [row(head), `|${head.map((_, place) => (place === 0 ? '---' : '---:')).join('|')}|`, ...rows].join('\n');
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function harm(outcomes: Outcome[]): string {
  const sum = (of: 'lost' | 'repeated') => outcomes.reduce((all, { jobs }) => all + jobs[of], 0);
  return `${sum('lost')} / ${sum('repeated')}`;
}

export function middle(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

export function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

import Table from 'cli-table3';
import { dollars } from '../../shared/cost/items.ts';
import type { QueueCost } from './cost-queues.ts';
import type { CostReport, WorkloadCost } from './cost-report.ts';

const usd = (value: number | undefined) => (value === undefined ? 'unknown' : dollars(value));

/** The report as people read it on a terminal. */
export function costText(report: CostReport): string {
  const table = new Table({
    head: ['workload', 'part', 'before', '', 'after', '', 'saved'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const [name, cost] of Object.entries(report.workloads)) table.push(...rowsOf(name, cost));
  const { before, after, savedUsd, savedPercent } = report.total;
  table.push(['all', '', '', usd(before.usd), '', usd(after.usd), `${usd(savedUsd)}, ${savedPercent} %`]);
  const notes = [
    `${report.month}, ${report.hours} hours, US dollars at list price (instances of ${report.pricesOf}).`,
    'Before: always on. After: by the schedule and the calendar.',
    ...Object.entries(report.workloads).flatMap(([name, { runs }]) => (runs ? [ofRuns(name, runs)] : [])),
    ...Object.entries(report.queues).map(([name, queue]) => ofQueue(name, queue)),
    ...(report.unknown.length > 0
      ? [
          `Without a price, and so in no sum: ${report.unknown.join(', ')}. Add it under prices, or as hourly of a part.`,
        ]
      : []),
    `Left out: ${report.leftOut.join('; ')}.`,
    ...ofLive(report),
  ];
  return `${table.toString()}\n${notes.join('\n')}\n`;
}

function rowsOf(name: string, { before, after, savedUsd, savedPercent }: WorkloadCost): string[][] {
  const saved = savedUsd === undefined ? '' : `${usd(savedUsd)}, ${savedPercent} %`;
  const parts = before.parts.map((part, index) => {
    const same = after.parts[index];
    const label = part.count === 1 ? part.name : `${part.name} × ${part.count}`;
    return ['', label, '', usd(part.usd), '', usd(same?.usd), ''];
  });
  const whole = [name, '', `${before.hours} h`, usd(before.usd), `${after.hours} h`, usd(after.usd), saved];
  return [whole, ...parts];
}

function ofRuns(name: string, { planned, length: { hours, by, of } }: NonNullable<WorkloadCost['runs']>): string {
  const minutes = Math.round(hours * 60);
  const how = {
    runs: `${minutes} minutes each, the median of the last ${of}`,
    option: `${minutes} minutes each, as given`,
    deadline: `at most ${minutes} minutes each, the deadline: --live or --run-minutes says what they really take`,
  };
  return `${name}: ${planned} runs, ${how[by]}.`;
}

function ofQueue(name: string, { hourly, least, most, ran, unknown }: QueueCost): string {
  const worked = ({ workerHours, usd: spent }: typeof least) => `${workerHours} worker-hours, ${usd(spent)}`;
  return [
    `${name}: a worker costs ${hourly === undefined ? 'an unknown amount' : `$${hourly}`} an hour.`,
    ...unknown.map((what) => `No price for ${what}.`),
    `At least ${worked(least)}, by its floors; at most ${worked(most)}.`,
    ran ? `So far ${worked(ran)}.` : 'What it comes to depends on the jobs: --live says what it has.',
  ].join(' ');
}

function ofLive({ live, month }: CostReport): string[] {
  if (!live) return [];
  const { spent, billed } = live;
  if (!spent) return [`The ledger has no day of ${month}: guard-cost has not looked yet.`];
  const incomplete = spent.unknown.length > 0 ? `; not known: ${spent.unknown.join(', ')}` : '';
  const by = spent.billedUntil ? `by the bill until ${spent.billedUntil}, estimated since` : 'estimated';
  return [
    `Spent in ${month}: ${usd(spent.usd)}, ${by}, as of ${spent.asOf}${incomplete}.`,
    ...(billed.length > 0
      ? ['Estimate against bill, by the days of UTC:']
      : ['No bill yet: budget.bill in the stage file has Cost Explorer asked once a day.']),
    ...billed.map(
      ({ utcDay, bill, estimate, ratio, isSettled }) =>
        `  ${utcDay}: bill ${usd(bill)}${isSettled ? '' : ' so far'}, estimated ${usd(estimate)}${ratio === undefined ? '' : `, estimate ÷ bill ${ratio}`}`,
    ),
  ];
}

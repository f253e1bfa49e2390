import { cents, type Line, percentSaved } from '../../shared/cost/items.ts';
import { hoursOf, type Month, monthOf } from '../../shared/cost/on-hours.ts';
import { type RunLength, type Side, savingsOf } from '../../shared/cost/savings.ts';
import { asOf } from '../../shared/prices/prices.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../shared/state/ledger.ts';
import type { LiveCost } from './cost-live.ts';
import { type QueueCost, queueCost } from './cost-queues.ts';

/** What a stage costs in a month, before and after. Money is US dollars, to the cent; what is unknown is left out. */
export interface CostReport {
  stage: string;
  month: string;
  /** How many hours the month has. */
  hours: number;
  /** The day of the list of instance prices. */
  pricesOf: string;
  workloads: Record<string, WorkloadCost>;
  /** Of queues nothing is planned, so nothing is saved: they are in no sum. */
  queues: Record<string, QueueCost>;
  total: Saved & { before: { usd: number }; after: { usd: number } };
  /** What has no price, and so is in no sum. */
  unknown: string[];
  /** What the sums leave out. */
  leftOut: string[];
  live?: LiveCost;
}

export interface WorkloadCost extends Saved {
  kind: string;
  before: Priced;
  after: Priced;
  runs?: { planned: number; length: RunLength };
}

interface Saved {
  savedUsd?: number;
  savedPercent?: number;
}

/** `usd` is left out where a part of it has no price. */
interface Priced {
  hours: number;
  usd?: number;
  parts: Line[];
}

export interface Asked {
  month: string;
  /** Only this one. */
  workload?: string;
  /** What a run of a batch takes: of each, or of all that are not named. */
  lengths?: Readonly<Record<string, RunLength>>;
  runHours?: number;
  /** Those of the ledger. */
  days?: readonly LedgerDay[];
}

/** What `sls ops cost` reports of a stage. */
export function costReport(stage: CompiledStage, { month, workload, lengths = {}, runHours, days }: Asked): CostReport {
  const option: RunLength | undefined = runHours === undefined ? undefined : { hours: runHours, by: 'option' };
  const named = Object.entries(stage.workloads).filter(([name]) => (workload ?? name) === name);
  const queues = Object.entries(stage.queues).filter(([name]) => (workload ?? name) === name);
  const of = (zone: string): Month => monthOf(month, zone);
  const found = named.flatMap(([name, one]): [string, WorkloadCost, { before: Side; after: Side }][] => {
    if (one.kind === 'pipeline') return [];
    const savings = savingsOf(one, stage, of(one.timezone), option ?? lengths[name]);
    const { before, after, kind, runs } = savings;
    const isWhole = before.unknown.length === 0;
    const sums = { before: priced(before), after: priced(after), ...(isWhole && saved(before.usd, after.usd)) };
    return [[name, { kind, ...sums, runs }, savings]];
  });
  const sum = (side: 'before' | 'after') => found.reduce((total, [, , savings]) => total + savings[side].usd, 0);
  return {
    stage: stage.stage,
    month,
    hours: hoursOf(of(stage.timezone)),
    pricesOf: asOf,
    workloads: Object.fromEntries(found.map(([name, cost]) => [name, cost])),
    queues: Object.fromEntries(
      queues.map(([name, queue]) => [name, queueCost(name, queue, stage, of(queue.timezone), days)]),
    ),
    total: {
      ...{ before: { usd: cents(sum('before')) }, after: { usd: cents(sum('after')) } },
      ...saved(sum('before'), sum('after')),
    },
    unknown: found.flatMap(([name, , { before }]) => before.unknown.map((what) => `${name}: ${what}`)),
    leftOut: leftOut(
      found.map(([, cost]) => cost),
      named.some(([, { kind }]) => kind === 'pipeline'),
    ),
  };
}

function priced({ hours, usd, lines, unknown }: Side): Priced {
  const parts = lines.map(({ usd: each, ...line }) => ({
    ...{ ...line, quantity: tenth(line.quantity) },
    ...(each !== undefined && { usd: cents(each) }),
  }));
  return { hours: tenth(hours), ...(unknown.length === 0 && { usd: cents(usd) }), parts };
}

function tenth(hours: number): number {
  return Math.round(hours * 10) / 10;
}

function saved(before: number, after: number): Required<Saved> {
  return { savedUsd: cents(before - after), savedPercent: percentSaved(before, after) };
}

function leftOut(costs: WorkloadCost[], hasPipelines: boolean): string[] {
  const has = (kind: string) => costs.some((cost) => cost.kind === kind);
  const isGuessed = costs.some(({ runs }) => runs && runs.length.by !== 'runs');
  return [
    'taxes, discounts, credits and free tiers; traffic, snapshots, and whatever the stage file does not name',
    ...(isGuessed ? ['the minutes in which instances start and stop'] : []),
    ...(has('environment')
      ? ['the minutes in which environments are created and deleted, and what is kept of them']
      : []),
    ...(hasPipelines ? ['what the steps of pipelines use: servers that are there anyway, tasks, functions'] : []),
    'what Lamplighter itself costs: sls rehearse counts it',
  ];
}

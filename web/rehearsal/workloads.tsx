import type { Report, WorkloadReport } from '../../rehearsal/report.ts';
import { dollars, plain } from '../parts/numbers.ts';
import { AsTable, Table } from '../parts/table.tsx';
import { said, useVoice } from './words.ts';

/** What each workload came to, and an environment by its parts. */
export function Workloads({ report: { workloads } }: { report: Report }) {
  const { words } = useVoice();
  const all = Object.entries(workloads);
  if (all.length === 0) return null;
  const { name, runs, hours, alwaysOn, actual, saved } = words.workloads;
  return (
    <section aria-labelledby="workloads">
      <h2 id="workloads">{words.sections.workloads}</h2>
      <Table
        caption={words.table.of(words.sections.workloads)}
        head={[name, runs, hours, actual, alwaysOn, saved]}
        rows={all.map(([workload, { kind, runs: own, onHours, cost, days }]) => [
          <span key="name">
            <bdi>{workload}</bdi> <small>{said(words.kinds, kind)}</small>
          </span>,
          counted(own, words.statuses),
          days ? plain(onHours) : '–',
          cost.actual === undefined ? <small key="unknown">{cost.unknown}</small> : dollars(cost.actual),
          cost.alwaysOn === undefined ? '–' : dollars(cost.alwaysOn),
          cost.savedPercent === undefined ? '–' : `${plain(cost.savedPercent)} %`,
        ])}
      />
      {all.map(([workload, { cost }]) => cost.parts && <Parts key={workload} {...{ workload, parts: cost.parts }} />)}
    </section>
  );
}

function Parts({ workload, parts }: { workload: string; parts: NonNullable<WorkloadReport['cost']['parts']> }) {
  const { words } = useVoice();
  const { parts: heading, each, actual, alwaysOn, price } = words.workloads;
  const usd = (amount: number | undefined) => (amount === undefined ? '–' : dollars(amount));
  return (
    <AsTable
      summary={`${workload}: ${heading}`}
      caption={workload}
      head={[heading, each, price, actual, alwaysOn]}
      rows={parts.map((part) => [
        <bdi key="name">{part.name}</bdi>,
        part.count,
        part.hourly === undefined ? '–' : `$${part.hourly}`,
        usd(part.actual),
        usd(part.alwaysOn),
      ])}
    />
  );
}

function counted(runs: WorkloadReport['runs'], statuses: Record<string, string>): string {
  const counts = new Map<string, number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${said(statuses, status)}`).join(', ') || '–';
}

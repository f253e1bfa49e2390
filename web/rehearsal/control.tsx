import type { Report } from '../../rehearsal/report.ts';
import { dollars, plain } from '../parts/numbers.ts';
import { AsTable, Table } from '../parts/table.tsx';
import { useVoice } from './words.ts';

/** What Lamplighter itself cost, asked and posted. */
export function Control({ report: { control, deliveries } }: { report: Report }) {
  const { words } = useVoice();
  const { item, month, calls, operation, count, channel, posted, edited, refused } = words.control;
  const { lambdaInvocations, stateTransitions, apiCalls, costs, monthlyCost } = control;
  const dearest = Object.entries(costs)
    .filter(([, cost]) => cost > 0)
    .sort(([, a], [, b]) => b - a);
  const channels = Object.entries(deliveries);
  return (
    <section aria-labelledby="control">
      <h2 id="control">{words.sections.control}</h2>
      <p class="aside">{words.control.sum(dollars(monthlyCost), plain(lambdaInvocations), plain(stateTransitions))}</p>
      <div class="pair">
        <Table
          caption={words.table.of(words.sections.control)}
          head={[item, month]}
          rows={dearest.map(([name, cost]) => [name, `$${cost.toFixed(4)}`])}
        />
        {channels.length > 0 && (
          <Table
            caption={channel}
            head={[channel, posted, edited, refused]}
            rows={channels.map(([name, of]) => [<bdi key="name">{name}</bdi>, of.posted, of.edited, of.refused])}
          />
        )}
      </div>
      <AsTable
        summary={calls}
        caption={calls}
        head={[operation, count]}
        rows={Object.entries(apiCalls)
          .sort(([, a], [, b]) => b - a)
          .map(([name, times]) => [name, plain(times)])}
      />
    </section>
  );
}

import type { Report } from '../../rehearsal/report.ts';
import { dollars, plain } from '../parts/numbers.ts';
import { Plot } from '../parts/plot.tsx';
import { type Row, rowsOf } from './sums.ts';
import { useVoice } from './words.ts';

type Series = Parameters<typeof Plot>[0]['series'];

/** More than so many have no colours of their own. */
const COLOURS = 5;

/** Spend and hours on by days, and what the guard of the spending reckoned. */
export function Days({ report }: { report: Report }) {
  const { words, times } = useVoice();
  const rows = rowsOf(report);
  const { ledger } = report;
  const shared = {
    tick: (day: string) => String(Number(day.slice(8))),
    day: (date: string) => times.day(date),
    words: words.table,
  };
  const money = { format: dollars, axis: (usd: number) => `$${plain(usd, 2)}` };
  const hours = { format: (value: number) => `${plain(value)} h`, axis: (value: number) => `${plain(value)} h` };
  const days = rows[0]?.days.map(({ day }) => day) ?? [];
  const priced = rows.filter(({ actual }) => actual !== undefined);
  const on = rows.filter(({ kind }) => kind !== 'queue');
  const working = rows.filter(({ kind }) => kind === 'queue');
  const always = priced.reduce((sum, { alwaysOn = 0 }) => sum + alwaysOn, 0) / Math.max(1, days.length);
  const line: Series = [
    { label: words.plots.alwaysOn, values: days.map(() => always), tone: 'quiet', kind: 'line', isDashed: true },
  ];
  const plots = [
    { title: words.plots.spend, days, ...money, series: [...barsOf(priced, days, ({ usd = 0 }) => usd), ...line] },
    { title: words.plots.hours, days, ...hours, series: barsOf(on, days, ({ onHours }) => onHours) },
    { title: words.plots.workers, days, ...hours, series: barsOf(working, days, ({ onHours }) => onHours) },
    {
      ...{ title: words.plots.guard, days: ledger.map(({ day }) => day), ...money },
      series: guardSeries(ledger, words.plots),
    },
  ].filter(({ series }) => series.some(({ values }) => values.some(Boolean)));
  // Zeros alone are in the tables beneath, and nothing to look at.
  if (plots.length === 0) return null;
  return (
    <section aria-labelledby="days">
      <h2 id="days">{words.sections.days}</h2>
      <div class="plots">
        {plots.map((plot) => (
          <Plot key={plot.title} {...plot} {...shared} />
        ))}
      </div>
    </section>
  );
}

function guardSeries(ledger: Report['ledger'], words: Record<'reckoned' | 'billed', string>): Series {
  const billed = ledger.map(({ bill }) => bill ?? null);
  return [
    { label: words.reckoned, values: ledger.map(({ usd }) => usd), tone: 2, kind: 'bars' },
    ...(billed.some((bill) => bill !== null)
      ? [{ label: words.billed, values: billed, tone: 'bad', kind: 'line' } satisfies Series[number]]
      : []),
  ];
}

/** One colour each; those that are too many, together. */
function barsOf(rows: Row[], days: string[], value: (day: Row['days'][number]) => number): Series {
  const valuesOf = (some: Row[]) =>
    days.map((_, index) =>
      some.reduce((sum, row) => {
        const day = row.days[index];
        return sum + (day ? value(day) : 0);
      }, 0),
    );
  const own = rows.length > COLOURS + 1 ? rows.slice(0, COLOURS) : rows;
  const others = rows.slice(own.length);
  return [
    ...own.map((row, index) => ({
      ...{ label: row.name, values: valuesOf([row]) },
      ...{ tone: (index + 1) as 1 | 2 | 3 | 4 | 5 | 6, kind: 'bars' as const },
    })),
    ...(others.length > 0
      ? [{ label: `+ ${others.length}`, values: valuesOf(others), tone: 6 as const, kind: 'bars' as const }]
      : []),
  ];
}

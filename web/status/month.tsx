import type { HistoryAnswer, MonthAnswer } from '../../shared/status/answers.ts';
import type { Series } from '../parts/drawing.ts';
import { dollars, plain } from '../parts/numbers.ts';
import { Plot } from '../parts/plot.tsx';
import { useVoice } from './words.ts';

const TONES = [1, 2, 3, 4, 5, 6] as const;

/** What the month has cost and how long things were on, against leaving them on. */
export function Month({ history: { month } }: { history: HistoryAnswer }) {
  const { words } = useVoice();
  return (
    <section aria-labelledby="month">
      <h2 id="month">{words.sections.month}</h2>
      {month && month.days.length > 0 ? <Reckoned month={month} /> : <p class="aside">{words.noMonth}</p>}
    </section>
  );
}

function Reckoned({ month }: { month: MonthAnswer }) {
  const { words, times, now } = useVoice();
  const { usd, alwaysOnUsd, onHours, days, limit } = month;
  const shared = {
    days: days.map(({ day }) => day),
    day: times.day,
    tick: (day: string) => String(Number(day.slice(8))),
    words: { asTable: words.table.asTable, day: words.table.day },
  };
  return (
    <>
      <p class="figures">
        <strong>{dollars(usd)}</strong>
        {alwaysOnUsd > usd && <em>{words.saved(`${Math.floor((1 - usd / alwaysOnUsd) * 100)} %`)}</em>}
        <span>{words.spent(dollars(usd), dollars(alwaysOnUsd))}</span>
        <span>{words.onHours(plain(onHours))}</span>
        {limit !== undefined && <span>{words.limit(dollars(limit))}</span>}
        <span>{words.asOf(times.at(month.asOf, now))}</span>
        {month.isPartial && <span class="warn">{words.partial}</span>}
      </p>
      <div class="plots">
        <Plot
          {...shared}
          title={words.plots.spend}
          axis={(value) => `$${plain(value, 2)}`}
          format={dollars}
          series={[
            { label: words.plots.spent, values: days.map((day) => day.usd), tone: 1, kind: 'bars' },
            {
              label: words.plots.alwaysOn,
              values: days.map((day) => day.alwaysOnUsd),
              ...({ tone: 'quiet', kind: 'line', isDashed: true } as const),
            },
          ]}
        />
        <Plot
          {...shared}
          title={words.plots.hours}
          axis={(value) => plain(value)}
          format={(value) => times.span(value * 3_600_000)}
          series={hoursOf(month, words.plots.others)}
        />
      </div>
    </>
  );
}

/** Of each workload a series, those that were on longest; the rest together, so that each has a colour of its own. */
function hoursOf({ days, workloads }: MonthAnswer, others: string): Series[] {
  const ranked = workloads.filter(({ onHours }) => onHours > 0).sort((a, b) => b.onHours - a.onHours);
  const own = ranked.length > TONES.length ? ranked.slice(0, TONES.length - 1) : ranked;
  const rest = ranked.slice(own.length);
  const on = (of: typeof workloads, date: string) =>
    of.reduce((sum, one) => sum + (one.days.find(({ day }) => day === date)?.onHours ?? 0), 0);
  const seriesOf = (label: string, of: typeof workloads, index: number): Series => ({
    ...{ label, tone: TONES[index] ?? 6, kind: 'bars' },
    values: days.map(({ day }) => on(of, day)),
  });
  return [
    ...own.map((one, index) => seriesOf(one.name, [one], index)),
    ...(rest.length > 0 ? [seriesOf(others, rest, TONES.length - 1)] : []),
  ];
}

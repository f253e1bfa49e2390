import type { Report } from '../../rehearsal/report.ts';
import { Lamp } from '../parts/lamp.tsx';
import { dollars, plain } from '../parts/numbers.ts';
import { loudOf } from './lanes.ts';
import { costOf } from './sums.ts';
import { useVoice } from './words.ts';

/** What was rehearsed, whether the laws held, and what it came to. */
export function Head({ report }: { report: Report }) {
  const { words, times } = useVoice();
  const { from, to, scenario, seed, violations, wallSeconds } = report;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  const last = times.dateOf(Date.parse(to) - 1000);
  return (
    <header class="head">
      <Lamp light={violations.length > 0 ? 'broken' : 'lit'} />
      <div>
        <h1>
          <bdi>{words.title(report.stage)}</bdi>
        </h1>
        <p class={`headline ${violations.length > 0 ? 'bad' : ''}`}>
          {violations.length > 0 ? words.verdict.broken(violations.length) : words.verdict.kept}
        </p>
      </div>
      <p class="scenario" dir="auto">
        {scenario}
      </p>
      <p class="aside">
        {last === times.dateOf(from) ? '' : `${times.day(times.dateOf(from))} – `}
        {times.day(last)} · {words.rehearsed(days, wallSeconds, seed)}
      </p>
      <Figures report={report} />
    </header>
  );
}

function Figures({ report }: { report: Report }) {
  const { words } = useVoice();
  const { actual, alwaysOn } = costOf(report);
  const runs = Object.values(report.workloads).flatMap((workload) => workload.runs);
  const failed = runs.filter(({ status }) => status !== 'succeeded' && status !== 'skipped' && status !== 'running');
  const loud = loudOf(report).length;
  return (
    <ul class="figures">
      {actual !== undefined && alwaysOn !== undefined && (
        <li>
          <span>{words.figures.cost}</span> <strong>{dollars(actual)}</strong>{' '}
          <small>
            {words.instead(dollars(alwaysOn))}
            {alwaysOn > 0 && ` · ${words.saved(plain((1 - actual / alwaysOn) * 100))}`}
          </small>
        </li>
      )}
      {runs.length > 0 && (
        <li>
          <span>{words.figures.runs}</span> <strong>{plain(runs.length)}</strong>{' '}
          <small class={failed.length > 0 ? 'bad' : ''}>{words.ofThemFailed(failed.length)}</small>
        </li>
      )}
      {report.services && (
        <li>
          <span>{words.sections.services}</span> <strong>{plain(report.services.totals.lamplighter.incidents)}</strong>{' '}
          <small>{words.ofThemDown(plain(report.services.totals.lamplighter.hoursDown))}</small>
        </li>
      )}
      <li>
        <span>{words.figures.notices}</span> <strong>{plain(report.notices.length)}</strong>{' '}
        {report.notices.length > 0 && <small>{words.ofThemLoud(loud)}</small>}
      </li>
      <li>
        <span>{words.figures.control}</span> <strong>{dollars(report.control.monthlyCost)}</strong>{' '}
        <small>{words.aMonth}</small>
      </li>
    </ul>
  );
}

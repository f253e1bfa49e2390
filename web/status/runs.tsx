import { useState } from 'preact/hooks';
import type { HistoryAnswer, RunAnswer } from '../../shared/status/answers.ts';
import { Table } from '../parts/table.tsx';
import { useVoice, type Voice } from './words.ts';

const FIRST = 10;

/** The newest runs. */
export function Runs({ history: { runs } }: { history: HistoryAnswer }) {
  const voice = useVoice();
  const { words } = voice;
  const [isAll, setAll] = useState(false);
  const shown = isAll ? runs : runs.slice(0, FIRST);
  const { what, when, how, took, by } = words.run;
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">{words.sections.runs}</h2>
      {runs.length === 0 ? (
        <p class="aside">{words.noRuns}</p>
      ) : (
        <Table
          caption={words.sections.runs}
          head={[what, when, how, took, by]}
          rows={shown.map((run) => cellsOf(run, voice))}
        />
      )}
      {shown.length < runs.length && (
        <button type="button" onClick={() => setAll(true)}>
          {words.allRuns(runs.length)}
        </button>
      )}
    </section>
  );
}

function cellsOf(run: RunAnswer, { words, times }: Voice) {
  const { name, act, key, status, seconds, why, by, steps } = run;
  const [date = '', clock = ''] = key.split('T');
  return [
    <>
      <bdi>{name}</bdi>
      {act && <span class="kind">{words.acts[act]}</span>}
    </>,
    /^\d{4}-\d\d-\d\d$/.test(date) ? `${times.day(date)} ${clock.slice(0, 5)}` : key,
    <>
      <span class={`status ${status}`}>{words.statuses[status]}</span>
      {why && <small>{words.why[why.code] ?? why.code}</small>}
      {steps && steps.length > 0 && <small>{words.steps(steps.length)}</small>}
    </>,
    seconds === undefined ? '–' : times.span(seconds * 1000),
    words.starters[by],
  ];
}

import { useState } from 'preact/hooks';
import type { HistoryAnswer, RunAnswer } from '../../shared/status/answers.ts';
import { useVoice } from './words.ts';

const FIRST = 10;

/** The newest runs. */
export function Runs({ history: { runs } }: { history: HistoryAnswer }) {
  const { words } = useVoice();
  const [isAll, setAll] = useState(false);
  const shown = isAll ? runs : runs.slice(0, FIRST);
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">{words.sections.runs}</h2>
      {runs.length === 0 && <p class="aside">{words.noRuns}</p>}
      <ol class="runs">
        {shown.map((run) => (
          <li key={`${run.name} ${run.act} ${run.key}`}>
            <Run run={run} />
          </li>
        ))}
      </ol>
      {shown.length < runs.length && (
        <button type="button" onClick={() => setAll(true)}>
          {words.allRuns(runs.length)}
        </button>
      )}
    </section>
  );
}

function Run({ run: { name, act, key, status, seconds, why, by, steps } }: { run: RunAnswer }) {
  const { words, times } = useVoice();
  const [date = '', clock = ''] = key.split('T');
  const isDated = /^\d{4}-\d\d-\d\d$/.test(date);
  return (
    <>
      <p class="run">
        <bdi>{name}</bdi>
        {act && <span class="kind">{words.acts[act]}</span>}
      </p>
      <p class={`status ${status}`}>{words.statuses[status]}</p>
      <p class="aside">
        <time dateTime={isDated ? `${date}T${clock.slice(0, 5)}` : undefined}>
          {isDated ? `${times.day(date)}, ${clock.slice(0, 5)}` : key}
        </time>
        {seconds !== undefined && ` · ${times.span(seconds * 1000)}`}
        {by !== 'schedule' && ` · ${words.starters[by]}`}
        {steps && steps.length > 0 && ` · ${words.steps(steps.length)}`}
        {why && ` · ${words.why[why.code] ?? why.code}`}
      </p>
    </>
  );
}

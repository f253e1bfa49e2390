import type { HistoryAnswer, RunAnswer } from '../../shared/status/answers.ts';
import { Some } from '../parts/some.tsx';
import { useVoice } from './words.ts';

const FIRST = 10;

/** The newest runs, where there is anything that has runs. */
export function Runs({ history: { runs, workloads } }: { history: HistoryAnswer }) {
  const { words } = useVoice();
  if (workloads.every(({ kind }) => kind === 'service' || kind === 'queue')) return null;
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">{words.sections.runs}</h2>
      {runs.length === 0 && <p class="aside">{words.noRuns}</p>}
      <Some all={runs} first={FIRST} more={words.all}>
        {(shown) => (
          <ol class="runs">
            {shown.map((run) => (
              <li key={`${run.name} ${run.act} ${run.key}`}>
                <Run run={run} />
              </li>
            ))}
          </ol>
        )}
      </Some>
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

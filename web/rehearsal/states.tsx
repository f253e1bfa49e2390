import type { RunReport } from '../../rehearsal/report.ts';
import { useVoice } from './words.ts';

/** What an execution went through, each state where it was in the whole. */
export function States({ execution: { from, states } }: { execution: NonNullable<RunReport['execution']> }) {
  const { words, times, toSecond } = useVoice();
  const length = Math.max(...states.map(({ after, seconds = 0 }) => after + seconds), 0.1);
  const begun = Date.parse(from);
  return (
    <>
      <h3>{words.sheet.states}</h3>
      <ol class="states">
        {states.map(({ state, after, seconds = 0, tries, error, isLast }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a state can come twice
          <li key={index} class={error ? 'bad' : seconds < 0.5 ? 'brief' : ''}>
            <span class="what">
              <time>{toSecond(begun + after * 1000)}</time> <bdi>{state}</bdi>
              {tries !== undefined && <small> {words.tries(tries)}</small>}
              {error !== undefined && <small class="error"> {error}</small>}
              {isLast && <small> {words.notLeft}</small>}
            </span>
            <span class="took">{seconds >= 0.5 && times.span(seconds * 1000)}</span>
            <i
              class="bar"
              style={{ marginInlineStart: `${(after / length) * 100}%`, inlineSize: `${(seconds / length) * 100}%` }}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

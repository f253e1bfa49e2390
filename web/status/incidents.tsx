import type { HistoryAnswer, IncidentAnswer } from '../../shared/status/answers.ts';
import { Some } from '../parts/some.tsx';
import { useVoice } from './words.ts';

const FIRST = 8;

/** What went wrong, and what was done about it. */
export function Incidents({ history: { incidents } }: { history: HistoryAnswer }) {
  const { words } = useVoice();
  return (
    <section aria-labelledby="incidents">
      <h2 id="incidents">{words.sections.incidents}</h2>
      {incidents.length === 0 && <p class="aside">{words.noIncidents}</p>}
      <Some all={incidents} first={FIRST} more={words.all}>
        {(shown) => (
          <ol class="incidents">
            {shown.map((incident) => (
              <li key={`${incident.name} ${incident.what} ${incident.from}`} class={incident.to ? 'over' : 'open'}>
                <Incident incident={incident} />
              </li>
            ))}
          </ol>
        )}
      </Some>
    </section>
  );
}

function Incident({ incident }: { incident: IncidentAnswer }) {
  const { words, times, now } = useVoice();
  const { name, what, severity, from, to, isAcknowledged, text, steps } = incident;
  const lasted = to && Date.parse(to) > Date.parse(from) ? times.span(Date.parse(to) - Date.parse(from)) : undefined;
  return (
    <>
      <h3>
        <bdi>{name}</bdi> <span>{words.incidents[what]}</span>
      </h3>
      <p class="aside">
        <span class={`severity ${severity}`}>{words.severities[severity]}</span> {times.at(from, now)}
        {lasted && ` · ${words.lasted(lasted)}`}
        {!to && (
          <>
            {' · '}
            <strong>{words.open}</strong>
          </>
        )}
        {isAcknowledged && ` · ${words.acknowledged}`}
      </p>
      {text && <q>{text}</q>}
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step may be tried twice; its place is its name
            <li key={index} class={step.result}>
              {step.at && <time dateTime={step.at}>{times.clock(step.at)}</time>} {words.rungs[step.rung]}:{' '}
              {words.results[step.result]}
              {step.seconds !== undefined && <span class="ms"> {times.span(step.seconds * 1000)}</span>}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

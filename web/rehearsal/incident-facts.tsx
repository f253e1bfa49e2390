import type { IncidentReport } from '../../rehearsal/report/incidents.ts';
import { said, useVoice } from './words.ts';

/** What befell a service, when it was seen, and what helped; beside it what a pinger alone would have come to. */
export function IncidentFacts({ incident }: { incident: IncidentReport }) {
  const { words, times } = useVoice();
  const { at, downAt, noticedAt, recoveryAt, upAt, helped, minutesDown, pinger } = incident;
  const began = Date.parse(at);
  const when = (instant: string | undefined) => (instant ? times.at(instant, began) : words.services.never);
  const facts: [name: string, value: string][] = [
    [words.sheet.started, times.at(at)],
    [words.services.since, when(downAt)],
    [words.sheet.noticed, when(noticedAt)],
    ...(recoveryAt ? [[words.recovery, when(recoveryAt)] as [string, string]] : []),
    [words.sheet.helped, helped === undefined ? '–' : said(words.helpers, helped)],
    [words.sheet.lasted, upAt ? when(upAt) : '–'],
    [words.sheet.wasDown, times.span(minutesDown * 60_000)],
    [words.sheet.byPinger, `${when(pinger.noticedAt)}; ${times.span(pinger.minutesDown * 60_000)}`],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

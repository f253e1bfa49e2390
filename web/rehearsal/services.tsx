import type { Totals } from '../../rehearsal/report/incidents.ts';
import type { Report } from '../../rehearsal/report.ts';
import { plain } from '../parts/numbers.ts';
import { Table } from '../parts/table.tsx';
import { said, useVoice } from './words.ts';

/** What befell the services, beside what a pinger alone would have come to. */
export function Services({ report: { services } }: { report: Report }) {
  const { words, times } = useVoice();
  if (!services) return null;
  const { incidents, totals, assumptions } = services;
  const { incident, since, noticed, helped, down, pingerNoticed, pingerDown, never, before } = words.services;
  const long = (minutes: number) => times.span(minutes * 60_000);
  const after = (minutes: number | undefined) =>
    minutes === undefined ? never : minutes < 0 ? `${long(-minutes)} ${before}` : long(minutes);
  const total = ({ noticed: heard, incidents: of, medianMinutesToNotice, medianMinutesDown, hoursDown }: Totals) =>
    words.services.total(heard, of, after(medianMinutesToNotice), long(medianMinutesDown), plain(hoursDown));
  return (
    <section aria-labelledby="services">
      <h2 id="services">{words.sections.services}</h2>
      <dl class="totals">
        <dt>Lamplighter</dt>
        <dd>{total(totals.lamplighter)}</dd>
        <dt>{words.services.with('pinger')}</dt>
        <dd>{total(totals.pinger)}</dd>
      </dl>
      <Table
        caption={words.table.of(words.sections.services)}
        head={[incident, since, noticed, helped, down, pingerNoticed, pingerDown]}
        rows={incidents.map((one) => [
          <span key="kind">
            {said(words.incidents, one.kind)} <small>{one.workload !== undefined && <bdi>{one.workload}</bdi>}</small>
          </span>,
          times.at(one.downAt ?? one.at),
          after(one.minutesToNotice),
          one.helped === undefined ? '–' : said(words.helpers, one.helped),
          long(one.minutesDown),
          after(one.pinger.minutesToNotice),
          long(one.pinger.minutesDown),
        ])}
      />
      <ul class="aside assumptions" lang="en">
        {assumptions.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

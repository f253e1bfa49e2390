import type { QueueReport } from '../../rehearsal/report/queues.ts';
import type { Report } from '../../rehearsal/report.ts';
import { dollars, plain } from '../parts/numbers.ts';
import { Table } from '../parts/table.tsx';
import { useVoice, type Voice } from './words.ts';

/** What became of the jobs of queues, and what their workers cost. */
export function Queues({ report: { queues } }: { report: Report }) {
  const voice = useVoice();
  if (!queues) return null;
  const { words, times } = voice;
  const { queue, jobs, done, failed, left, half, p95, most, workers, hours, cost, saved } = words.queues;
  const long = (seconds: number) => times.span(seconds * 1000);
  return (
    <section aria-labelledby="queues">
      <h2 id="queues">{words.sections.queues}</h2>
      <Table
        caption={words.table.of(words.sections.queues)}
        head={[queue, jobs, done, failed, left, half, p95, most, workers, hours, cost, saved]}
        rows={Object.entries(queues).map(([name, { kind, jobs: of, waits, workers: by }]) => [
          <span key="name">
            <bdi>{name}</bdi> <small>{kind}</small>
          </span>,
          ...[plain(of.arrived), plain(of.done), plain(of.failed), plain(of.inside)],
          ...[long(waits.p50), long(waits.p95), long(waits.max)],
          ...[`≤ ${by.peak}`, plain(by.hours)],
          by.cost.actual === undefined ? <small key="unknown">{by.cost.unknown}</small> : dollars(by.cost.actual),
          by.cost.savedPercent === undefined ? '–' : `${plain(by.cost.savedPercent)} %`,
        ])}
      />
      <ul class="warnings">
        {Object.entries(queues).flatMap(([name, one]) =>
          linesOf(one, voice).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two can be the same
            <li key={`${name} ${index}`}>
              <bdi>{name}</bdi>: {line}
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

/** What a table has no room for. */
function linesOf({ bursts, jobs, unmeasuredMinutes }: QueueReport, { words: { queues }, times }: Voice): string[] {
  const after = (minutes: number | undefined) => (minutes === undefined ? queues.never : times.span(minutes * 60_000));
  return [
    ...bursts.map(({ at, jobs: count, begunMinutes, emptyMinutes }) =>
      queues.burst(count, times.at(at), after(begunMinutes), after(emptyMinutes)),
    ),
    ...(jobs.lost + jobs.repeated > 0 ? [queues.lost(jobs.repeated, jobs.lost)] : []),
    ...(unmeasuredMinutes > 0 ? [queues.unmeasured(unmeasuredMinutes)] : []),
  ];
}

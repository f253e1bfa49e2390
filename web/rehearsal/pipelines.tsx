import type { PipelineReport } from '../../rehearsal/report/pipelines.ts';
import type { Report } from '../../rehearsal/report.ts';
import { plain } from '../parts/numbers.ts';
import { Table } from '../parts/table.tsx';
import { said, useVoice } from './words.ts';

/** How pipelines went, step by step. */
export function Pipelines({ report: { pipelines } }: { report: Report }) {
  const { words } = useVoice();
  if (!pipelines) return null;
  return (
    <section aria-labelledby="pipelines">
      <h2 id="pipelines">{words.sections.pipelines}</h2>
      {Object.entries(pipelines).map(([name, pipeline]) => (
        <Pipeline key={name} {...{ name, pipeline }} />
      ))}
    </section>
  );
}

function Pipeline({ name, pipeline }: { name: string; pipeline: PipelineReport }) {
  const { words, times } = useVoice();
  const { after, ended, seconds, steps, warnings } = pipeline;
  const { step, needs, succeeded, failed, passedOver, tries, half, longest, counted } = words.pipelines;
  const long = (took: number | undefined) => (took === undefined ? '–' : times.span(took * 1000));
  const endings = Object.entries(ended).map(([status, count]) => `${count} ${said(words.statuses, status)}`);
  return (
    <div class="pipeline">
      <h3>
        <bdi>{name}</bdi> {after !== undefined && <span class="kind">{words.pipelines.after(after)}</span>}
      </h3>
      <p class="aside">
        {endings.join(', ')}
        {seconds && ` · ${words.pipelines.perRun(long(seconds.median), long(seconds.longest))}`}
      </p>
      <Table
        caption={name}
        head={[step, needs, succeeded, failed, passedOver, tries, half, longest, counted]}
        rows={Object.entries(steps).map(([of, one]) => [
          <bdi key="name">{of}</bdi>,
          <bdi key="needs">{one.needs.join(', ') || '–'}</bdi>,
          ...[one.succeeded, one.failed, one.passedOver, one.triedAgain],
          ...[long(one.seconds?.median), long(one.seconds?.longest)],
          numbersOf(one.numbers),
        ])}
      />
      {warnings.length > 0 && (
        <ul class="warnings">
          {warnings.map(({ key, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two can be the same
            <li key={index}>
              <time>{key.replace('T', ' ')}</time> <bdi>{text}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function numbersOf(numbers: PipelineReport['steps'][string]['numbers']): string {
  return Object.entries(numbers)
    .map(([name, { median, lowest, highest }]) => {
      const between = lowest === highest ? '' : ` (${plain(lowest)}–${plain(highest)})`;
      return `${name} ${plain(median)}${between}`;
    })
    .join(', ');
}

import type { ComponentChildren } from 'preact';
import type { RecoveryReport } from '../../rehearsal/report/recoveries.ts';
import type { Report, RunReport } from '../../rehearsal/report.ts';
import { plain } from '../parts/numbers.ts';
import { Table } from '../parts/table.tsx';
import { NoticeText } from './notices.tsx';
import { States } from './states.tsx';
import { said, useVoice } from './words.ts';

interface RunFactsProps {
  lane: string;
  run: RunReport | RecoveryReport;
  notices: Report['notices'];
}

/** A run: what came of it, what it went through, what people were told. */
export function RunFacts({ lane, run, notices }: RunFactsProps) {
  const { words, times } = useVoice();
  const { status, reason, execution, steps, warnings } = run;
  const about = notices.filter((notice) => notice.workload === lane && notice.run === run.key);
  return (
    <>
      <p class={`status ${status}`}>
        <strong>{said(words.statuses, status)}</strong>
        {run.act !== undefined && ` · ${said(words.acts, run.act)}`}
        {reason !== undefined && <bdi lang="en"> · {reason}</bdi>}
      </p>
      <Facts run={run} />
      {'did' in run && run.did.length > 0 && (
        <>
          <h3>{words.sheet.did}</h3>
          <ol class="did">
            {run.did.map(({ rung, at, seconds, result }) => (
              <li key={at}>
                <time>{times.clock(at)}</time> {said(words.rungs, rung)}
                {seconds !== undefined && `, ${times.span(seconds * 1000)}`}
                {result !== undefined && <bdi lang="en"> · {result}</bdi>}
              </li>
            ))}
          </ol>
        </>
      )}
      {warnings && warnings.length > 0 && (
        <>
          <h3>{words.sheet.warnings}</h3>
          <ul class="warnings">
            {warnings.map((text) => (
              <li key={text}>
                <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {steps && <Steps steps={steps} />}
      {execution && <States execution={execution} />}
      {about.length > 0 && (
        <>
          <h3>{words.sheet.notices}</h3>
          <ol class="notices">
            {about.map((notice) => (
              <li key={`${notice.at} ${notice.title}`}>
                <NoticeText notice={notice} isAlone={false} />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Facts({ run }: { run: RunReport | RecoveryReport }) {
  const { words, times } = useVoice();
  const { scheduledFor, by, startedAt, endedAt, jobSeconds, exitCode, instanceHours, generation = 1 } = run;
  const took = startedAt && endedAt && times.span(Date.parse(endedAt) - Date.parse(startedAt));
  const facts: [name: string, value: ComponentChildren][] = [
    [words.sheet.scheduledFor, times.at(scheduledFor)],
    [words.sheet.by, <bdi key="by">{said(words.starters, by)}</bdi>],
    [words.sheet.why, 'why' in run && run.why !== undefined ? <bdi key="why">{run.why}</bdi> : undefined],
    [words.sheet.started, startedAt && times.at(startedAt, Date.parse(scheduledFor))],
    [words.sheet.took, took],
    [words.sheet.job, jobSeconds === undefined ? undefined : times.span(jobSeconds * 1000)],
    [words.sheet.exitCode, exitCode],
    [words.sheet.on, instanceHours === undefined ? undefined : times.span(instanceHours * 3_600_000)],
    [words.sheet.generation, generation > 1 ? generation : undefined],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Steps({ steps }: { steps: NonNullable<RunReport['steps']> }) {
  const { words, times } = useVoice();
  const { step, tries, counted } = words.pipelines;
  return (
    <>
      <h3>{words.sheet.steps}</h3>
      <Table
        caption={words.table.of(words.sheet.steps)}
        head={[step, '', words.sheet.took, tries, counted]}
        rows={steps.map(({ name, status, seconds, tries: tried, numbers = {}, reason, warnings = [] }) => [
          <bdi key="name">{name}</bdi>,
          <span key="status" class={`status ${status}`}>
            {said(words.statuses, status)}
            {[reason, ...warnings].map((text) => text !== undefined && <small key={text}>{text}</small>)}
          </span>,
          seconds === undefined ? '–' : times.span(seconds * 1000),
          tried ?? '',
          Object.entries(numbers)
            .map(([number, value]) => `${number} ${plain(value)}`)
            .join(', '),
        ])}
      />
    </>
  );
}

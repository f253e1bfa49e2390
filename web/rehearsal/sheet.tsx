import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Report } from '../../rehearsal/report.ts';
import { IncidentFacts } from './incident-facts.tsx';
import type { Item, Lane } from './lanes.ts';
import { Meanwhile } from './meanwhile.tsx';
import { NoticeText } from './notices.tsx';
import { RunFacts } from './run-facts.tsx';
import { said, useVoice, type Voice } from './words.ts';

interface SheetProps {
  report: Report;
  lanes: Lane[];
  item: Item;
  /** How often it was asked for to be read: the keyboard goes to it then. */
  asked: number;
  onOpen(item: Item, isToBeRead: boolean): void;
  onClose(): void;
}

/** What is open, beside the timeline or beneath it. */
export function Sheet({ report, lanes, item, asked, onOpen, onClose }: SheetProps) {
  const voice = useVoice();
  const { words } = voice;
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked > 0) heading.current?.focus({ preventScroll: true });
  }, [asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item is read from its top
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0;
  }, [item]);
  const items = lanes.find(({ id }) => id === item.lane)?.items ?? [];
  const beside = (by: number) => items[items.indexOf(item) + by];
  const step = (by: number) => {
    const other = beside(by);
    if (other) onOpen(other, false);
  };
  return (
    <aside
      class="sheet"
      aria-labelledby="opened"
      ref={body}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <header>
        <h2 id="opened" tabIndex={-1} ref={heading}>
          {titleOf(item, voice)}
        </h2>
        <div class="tools">
          <button type="button" onClick={() => step(-1)} disabled={!beside(-1)} aria-label={words.sheet.before}>
            ‹
          </button>
          <button type="button" onClick={() => step(1)} disabled={!beside(1)} aria-label={words.sheet.next}>
            ›
          </button>
          <button type="button" onClick={onClose} aria-label={words.sheet.close}>
            ×
          </button>
        </div>
      </header>
      <Body item={item} report={report} />
      <Meanwhile item={item} lanes={lanes} onOpen={onOpen} />
    </aside>
  );
}

function titleOf(item: Item, { words, times }: Voice): ComponentChildren {
  const at = times.at(new Date(item.from).toISOString());
  if (item.what === 'run')
    return (
      <>
        <bdi>{item.lane}</bdi> <span>{times.at(item.run.scheduledFor)}</span>
      </>
    );
  const what = {
    incident: () => said(words.incidents, item.what === 'incident' ? item.incident.kind : ''),
    fault: () => words.fault,
    violation: () => words.verdict.law(item.what === 'violation' ? item.violation.law : 0),
    notice: () => said(words.severities, item.what === 'notice' ? item.notice.severity : ''),
  }[item.what]();
  return (
    <>
      {what} <span>{at}</span>
    </>
  );
}

function Body({ item, report }: { item: Item; report: Report }) {
  const { words } = useVoice();
  switch (item.what) {
    case 'run':
      return <RunFacts lane={item.lane} run={item.run} notices={report.notices} />;
    case 'incident':
      return <IncidentFacts incident={item.incident} />;
    case 'fault':
      return (
        <p lang="en" dir="auto">
          {item.fault.text}
        </p>
      );
    case 'violation':
      return (
        <div lang="en" dir="auto">
          <p class="bad">{item.violation.text}</p>
          <h3>{words.sheet.history}</h3>
          <ol class="history">
            {item.violation.history.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened twice is written twice
              <li key={index}>{entry}</li>
            ))}
          </ol>
        </div>
      );
    case 'notice':
      return <NoticeText notice={item.notice} />;
  }
}

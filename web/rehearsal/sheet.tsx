import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Report } from '../../rehearsal/report.ts';
import { IncidentFacts } from './incident-facts.tsx';
import type { Item, Lane } from './lanes.ts';
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

/** What else there was at that time: a run explains a notice, a fault a run. */
function Meanwhile({ item, lanes, onOpen }: Pick<SheetProps, 'item' | 'lanes' | 'onOpen'>) {
  const { words, labelOf } = useVoice();
  const [from, to] = [item.from - BEFORE_MS, item.to + AFTER_MS];
  const others = lanes
    .flatMap(({ items }) => items)
    .filter((other) => other !== item && other.from <= to && other.to >= from && !isAboutRun(other, item))
    .slice(0, MOST);
  if (others.length === 0) return null;
  return (
    <>
      <h3>{words.sheet.meanwhile}</h3>
      <ul class="meanwhile">
        {others.map((other) => (
          <li key={other.id}>
            <button type="button" onClick={() => onOpen(other, true)}>
              <i class={`item ${other.what} ${other.tone}`} />
              <span>
                {(other.what === 'run' || other.what === 'incident') && <bdi>{other.lane} </bdi>}
                {labelOf(other)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A run's notices are with it already. */
function isAboutRun(other: Item, item: Item): boolean {
  return (
    other.what === 'notice' &&
    item.what === 'run' &&
    other.notice.workload === item.lane &&
    other.notice.run === item.run.key
  );
}

/** What came shortly before may be why, what comes shortly after may be of it. */
const BEFORE_MS = 60_000;
const AFTER_MS = 60_000;
const MOST = 12;

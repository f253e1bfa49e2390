import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Report } from '../../rehearsal/report.ts';
import { Control } from './control.tsx';
import { Days } from './days.tsx';
import { Head } from './head.tsx';
import { type Item, lanesOf } from './lanes.ts';
import { Notices } from './notices.tsx';
import { Pipelines } from './pipelines.tsx';
import { Queues } from './queues.tsx';
import { Services } from './services.tsx';
import { Sheet } from './sheet.tsx';
import { Timeline } from './timeline.tsx';
import { Violations } from './violations.tsx';
import { Speaking, voiceOf } from './words.ts';
import { Workloads } from './workloads.tsx';

/** The whole page of a report. What is open stands in the address, so that it can be sent. */
export function RehearsalPage({ report }: { report: Report }) {
  const voice = useMemo(() => voiceOf(report), [report]);
  const lanes = useMemo(() => lanesOf(report), [report]);
  const all = useMemo(() => ({ from: Date.parse(report.from), to: Date.parse(report.to) }), [report]);
  const find = () => itemAt(lanes.flatMap(({ items }) => items));
  const [open, setOpen] = useState<Item | undefined>(find);
  const [asked, setAsked] = useState(0);
  const title = voice.words.title(report.stage);
  // biome-ignore lint/correctness/useExhaustiveDependencies: everything comes of the report
  useEffect(() => {
    document.documentElement.lang = report.language;
    document.title = `${title} · ${report.from.slice(0, 10)}`;
    const onHash = () => setOpen(find());
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, [report]);
  const onOpen = useCallback((item: Item, isToBeRead: boolean) => {
    history.replaceState(null, '', `#${encodeURIComponent(item.id)}`);
    setOpen(item);
    if (isToBeRead) setAsked((times) => times + 1);
  }, []);
  const onClose = () => {
    history.replaceState(null, '', location.pathname + location.search);
    // Back to where it was opened from: its lane has it as its stop.
    const button = document.querySelector<HTMLElement>('.track button[aria-pressed="true"]');
    setOpen(undefined);
    setAsked(0);
    button?.focus();
  };
  return (
    <Speaking value={voice}>
      <div class={open ? 'with-sheet' : ''}>
        <Head report={report} />
        <main>
          <Violations report={report} lanes={lanes} onOpen={onOpen} />
          <Timeline {...{ all, lanes, open, onOpen }} />
          <Days report={report} />
          <Workloads report={report} />
          <Services report={report} />
          <Pipelines report={report} />
          <Queues report={report} />
          <Notices report={report} />
          <Control report={report} />
        </main>
        <footer>
          <p>{voice.words.foot(report.timezone)}</p>
        </footer>
      </div>
      {open && <Sheet {...{ report, lanes, asked, onOpen, onClose }} item={open} />}
    </Speaking>
  );
}

function itemAt(items: Item[]): Item | undefined {
  const hash = location.hash.slice(1);
  return items.find(({ id }) => encodeURIComponent(id) === hash);
}

import { useEffect, useMemo, useState } from 'preact/hooks';
import { midnights, ticksIn } from './axis.ts';
import { Curve } from './curve.tsx';
import { LaneRow } from './lane.tsx';
import type { Item, Lane } from './lanes.ts';
import { type Span, usePinch, useView, type View } from './view.ts';
import { type RehearsalWords, useVoice } from './words.ts';

const HOUR = 3_600_000;
const SPANS = { week: 7 * 24 * HOUR, day: 24 * HOUR, hours: 3 * HOUR } as const;
/** Between the names of two marks. */
const TICK_PX = 76;

interface TimelineProps {
  all: Span;
  lanes: Lane[];
  open: Item | undefined;
  /** Opens something; whoever does so by keyboard goes to it. */
  onOpen(item: Item, isToBeRead: boolean): void;
}

/** The whole time as lanes side by side, as wide as one wants to see it. */
export function Timeline({ all, lanes, open, onOpen }: TimelineProps) {
  const { words } = useVoice();
  const view = useView(all);
  usePinch(view);
  const [peek, setPeek] = useState<string>();
  // What is opened elsewhere is brought into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever scrolls away from it may
  useEffect(() => {
    if (open && (open.to < view.seen.from || open.from > view.seen.to)) view.bring(open);
    // On a phone the sheet lies over what was beneath.
    if (open && matchMedia('(max-width: 62rem)').matches) view.place.current?.scrollIntoView({ block: 'start' });
  }, [open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its span comes with the lanes
  const rows = useMemo(
    () =>
      lanes.map((lane) => (
        <LaneRow
          key={lane.id}
          {...{ lane, all, onOpen, onPeek: setPeek }}
          open={open?.lane === lane.id ? open : undefined}
        >
          {lane.course && <Curve course={lane.course} all={all} />}
        </LaneRow>
      )),
    [lanes, open, onOpen],
  );
  const steps: Record<string, () => void> = {
    '+': () => view.show((view.seen.to - view.seen.from) / 2, open),
    '=': () => view.show((view.seen.to - view.seen.from) / 2, open),
    '-': () => view.show((view.seen.to - view.seen.from) * 2, open),
    '0': () => view.show(all.to - all.from),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };
  return (
    <section aria-labelledby="timeline" class="timeline">
      <div class="above">
        <h2 id="timeline">{words.sections.timeline}</h2>
        <Seen view={view} />
        <Tools view={view} all={all} open={open} nearer={steps['+']} farther={steps['-']} />
      </div>
      <section
        class="scroller"
        ref={view.place}
        onScroll={view.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard
        tabIndex={0}
        aria-label={words.howToGo}
        onKeyDown={onKeyDown}
      >
        <div class="strip" style={{ width: `${view.zoom * 100}%` }}>
          <Axis all={all} view={view} />
          {rows}
        </div>
      </section>
      <p class="peek" aria-hidden="true">
        {peek ?? words.hint}
      </p>
      <Key words={words} lanes={lanes} />
    </section>
  );
}

function Seen({ view: { seen } }: { view: View }) {
  const { times } = useVoice();
  const [from, to] = [new Date(seen.from).toISOString(), new Date(seen.to - 1000).toISOString()];
  const isLong = seen.to - seen.from > 3 * 24 * HOUR;
  return (
    <p class="seen" aria-live="polite">
      {isLong ? times.day(times.dateOf(from)) : times.at(from)} –{' '}
      {isLong ? times.day(times.dateOf(to)) : times.at(to, seen.from)}
    </p>
  );
}

interface ToolsProps {
  open: Span | undefined;
  view: View;
  all: Span;
  nearer?: () => void;
  farther?: () => void;
}

function Tools({ view, all, open, nearer, farther }: ToolsProps) {
  const { words } = useVoice();
  const length = all.to - all.from;
  const visible = view.seen.to - view.seen.from;
  const spans = Object.entries(SPANS).filter(([, ms]) => ms < length) as [keyof typeof SPANS, number][];
  return (
    <div class="tools">
      <button type="button" onClick={farther} disabled={view.zoom <= 1} aria-label={words.zoom.farther}>
        −
      </button>
      <button type="button" onClick={nearer} aria-label={words.zoom.nearer}>
        +
      </button>
      <button type="button" onClick={() => view.show(length)} aria-pressed={view.zoom === 1}>
        {words.zoom.all}
      </button>
      {spans.map(([name, ms]) => (
        <button
          key={name}
          type="button"
          onClick={() => view.show(ms, open)}
          aria-pressed={Math.abs(visible / ms - 1) < 0.02}
        >
          {words.zoom[name]}
        </button>
      ))}
    </div>
  );
}

function Axis({ all, view: { seen, zoom, width } }: { all: Span; view: View }) {
  const { times, timezone } = useVoice();
  // biome-ignore lint/correctness/useExhaustiveDependencies: its voice comes with the report
  const days = useMemo(() => midnights(times.dateOf(all.from), times.dateOf(all.to), timezone), [all, timezone]);
  const length = all.to - all.from;
  const [around, perPixel] = [seen.to - seen.from, length / (zoom * width)];
  // A screen to both sides, so that something is there when it is scrolled.
  const ticks = ticksIn(days, { from: seen.from - around, to: seen.to + around }, perPixel * TICK_PX);
  return (
    <div class="axis" aria-hidden="true">
      {ticks.map(({ at, isMidnight }) => (
        <span key={at} class={isMidnight ? 'midnight' : ''} style={{ left: `${((at - all.from) / length) * 100}%` }}>
          {isMidnight ? times.day(times.dateOf(at)) : times.clock(new Date(at).toISOString())}
        </span>
      ))}
    </div>
  );
}

/** How what is in these lanes is drawn. */
function Key({ words, lanes }: { words: RehearsalWords; lanes: Lane[] }) {
  const tones = new Set(lanes.flatMap(({ items }) => items.map(({ tone }) => tone)));
  const hasLit = lanes.some(({ lit }) => lit);
  const course = lanes.some((lane) => lane.course);
  return (
    <ul class="key">
      {hasLit && (
        <li>
          <i class="up" /> {words.lit}
        </li>
      )}
      {[...tones].map((tone) => (
        <li key={tone}>
          <i class={`item ${tone}`} /> {words.tones[tone]}
        </li>
      ))}
      {course && (
        <>
          <li>
            <i class="backlog" /> {words.queue.backlog}
          </li>
          <li>
            <i class="workers" /> {words.queue.workers}
          </li>
          <li>
            <i class="unmeasured" /> {words.queue.unmeasured}
          </li>
        </>
      )}
    </ul>
  );
}

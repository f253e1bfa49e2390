import { useEffect, useMemo, useState } from 'preact/hooks';
import { Axis } from './axis.tsx';
import { Curve } from './curve.tsx';
import { Key } from './key.tsx';
import { LaneRow } from './lane.tsx';
import type { Item, Lane } from './lanes.ts';
import { Seen, Tools } from './tools.tsx';
import { type Span, usePinch, useView } from './view.ts';
import { useVoice } from './words.ts';

/** How much more is seen by a key. */
const FACTORS: Record<string, number> = { '+': 1 / 2, '=': 1 / 2, '-': 2, '0': Number.POSITIVE_INFINITY };
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
  const visible = view.seen.to - view.seen.from;
  const onKeyDown = (event: KeyboardEvent) => {
    const factor = event.ctrlKey || event.metaKey || event.altKey ? undefined : FACTORS[event.key];
    if (factor === undefined) return;
    event.preventDefault();
    // Where the keyboard is in a lane, that stays where it is.
    const x = event.target === view.place.current ? undefined : middleOf(event.target, view.place.current);
    if (x === undefined) view.show(visible * factor, open);
    else view.showAt(visible * factor, x);
  };
  return (
    <section aria-labelledby="timeline" class="timeline">
      <div class="above">
        <h2 id="timeline">{words.sections.timeline}</h2>
        <Seen view={view} />
        <Tools view={view} all={all} open={open} />
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

/** Pixels from the left of a place to the middle of something in it. */
function middleOf(target: EventTarget | null, place: Element | null): number | undefined {
  if (!(target instanceof Element) || !place) return undefined;
  const { left, width } = target.getBoundingClientRect();
  return left + width / 2 - place.getBoundingClientRect().left;
}

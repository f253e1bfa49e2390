import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { mostOf } from './curve.tsx';
import type { Item, Lane } from './lanes.ts';
import type { Span } from './view.ts';
import { said, useVoice } from './words.ts';

/** So near to an item counts as on it: a minute of a month is thinner than a finger. */
const REACH_PX = 14;

interface LaneProps {
  lane: Lane;
  all: Span;
  /** What of it is open. */
  open: Item | undefined;
  onOpen(item: Item, isToBeRead: boolean): void;
  onPeek(text: string | undefined): void;
  children?: ComponentChildren;
}

/** One lane: what is in it is gone along with the arrow keys, as one stop of the tabulator. */
export function LaneRow({ lane, all, open, onOpen, onPeek, children }: LaneProps) {
  const { words, labelOf } = useVoice();
  const track = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const { items, title } = lane;
  const name = typeof title === 'string' ? words.lanes[title] : title.workload;
  const place = ({ from, to }: Span) => {
    const length = all.to - all.from;
    return {
      left: `${((from - all.from) / length) * 100}%`,
      width: `${((Math.min(to, all.to) - from) / length) * 100}%`,
    };
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is opened moves the stop
  useEffect(() => {
    const index = open ? items.indexOf(open) : -1;
    if (index >= 0) setActive(index);
  }, [open]);
  const go = (index: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, index))];
    if (!next) return;
    setActive(items.indexOf(next));
    const button = track.current?.querySelectorAll('button')[items.indexOf(next)];
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // Whoever goes along with something open sees each.
    if (open) onOpen(next, false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to: Record<string, number> = {
      ...{ ArrowLeft: active - 1, ArrowRight: active + 1, Home: 0, End: items.length - 1 },
      ...{ PageUp: active - 10, PageDown: active + 10 },
    };
    const index = to[event.key];
    if (index === undefined) return;
    event.preventDefault();
    go(index);
  };
  const nearest = (clientX: number): Item | undefined => {
    const box = track.current?.getBoundingClientRect();
    if (!box) return undefined;
    const perPixel = (all.to - all.from) / box.width;
    const at = all.from + (clientX - box.left) * perPixel;
    const away = ({ from, to }: Item) => Math.max(from - at, at - to, 0);
    const best = items.reduce<Item | undefined>(
      (found, item) => (found && away(found) < away(item) ? found : item),
      undefined,
    );
    return best && away(best) <= REACH_PX * perPixel ? best : undefined;
  };
  return (
    <div class={`lane ${lane.course ? 'with-course' : ''}`}>
      <p class="name">
        <bdi>{name}</bdi> {typeof title !== 'string' && <span class="kind">{said(words.kinds, title.kind)}</span>}
        {lane.course && <span class="kind"> · {words.queue.most(...mostOf(lane.course))}</span>}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the keys; this is for fingers beside them */}
      <div
        class="track"
        ref={track}
        {...(items.length > 0 && { role: 'group', 'aria-label': words.laneOf(name, items.length) })}
        onKeyDown={onKeyDown}
        onClick={({ clientX }) => {
          const item = nearest(clientX);
          if (item) onOpen(item, true);
        }}
        onPointerMove={({ clientX }) => {
          const item = nearest(clientX);
          onPeek(item && `${name}: ${labelOf(item)}`);
        }}
        onPointerLeave={() => onPeek(undefined)}
      >
        {lane.lit?.map((span) => (
          <i key={span.from} class="up" style={place(span)} />
        ))}
        {children}
        {items.map((item, index) => (
          <button
            key={item.id}
            type="button"
            class={`item ${item.what} ${item.tone}`}
            style={place(item)}
            tabIndex={index === Math.min(active, items.length - 1) ? 0 : -1}
            aria-label={labelOf(item)}
            aria-pressed={item === open}
            onClick={(event) => {
              // Of two on one another the nearer one is meant; by keyboard there is no place.
              event.stopPropagation();
              onOpen((event.detail > 0 && nearest(event.clientX)) || item, true);
            }}
            onFocus={() => {
              setActive(index);
              onPeek(`${name}: ${labelOf(item)}`);
            }}
            onBlur={() => onPeek(undefined)}
          />
        ))}
      </div>
    </div>
  );
}

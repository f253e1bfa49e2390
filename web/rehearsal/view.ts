import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds since the epoch. */
export interface Span {
  from: number;
  to: number;
}

/** The shortest time that fills the view. */
const CLOSEST_MS = 30 * 60_000;

/** What of a span of time is seen: as much as is scrolled to of something so many times as wide as its place. */
export interface View {
  place: { current: HTMLDivElement | null };
  zoom: number;
  seen: Span;
  /** Pixels of what is seen. */
  width: number;
  onScroll(): void;
  /** Sees so much time, around a span where that is seen, else around its middle. */
  show(ms: number, around?: Span): void;
  /** Sees so much time, and a point of the place stays where it is. @param x pixels from its left */
  showAt(ms: number, x: number): void;
  /** Brings a span into the middle, with room around it. */
  bring(span: Span): void;
}

export function useView(all: Span): View {
  const place = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const [{ width, ...seen }, setSeen] = useState({ ...all, width: 320 });
  /** Which instant stays where, in pixels from the left, when it becomes wider. */
  const anchor = useRef({ at: all.from, x: 0 });
  const length = all.to - all.from;

  const read = () => {
    const element = place.current;
    if (!element) return;
    const { scrollLeft, scrollWidth, clientWidth } = element;
    const from = all.from + (scrollLeft / scrollWidth) * length;
    setSeen({ from, to: from + (clientWidth / scrollWidth) * length, width: clientWidth });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each width
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const { at, x } = anchor.current;
    element.scrollLeft = ((at - all.from) / length) * element.scrollWidth - x;
    read();
  }, [zoom]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads what is there when it is called
  useEffect(() => {
    const sizes = new ResizeObserver(read);
    if (place.current) sizes.observe(place.current);
    return () => sizes.disconnect();
  }, []);

  const to = (ms: number, at: number, x: number) => {
    anchor.current = { at, x };
    const next = Math.min(Math.max(length / ms, 1), length / CLOSEST_MS);
    setZoom(next);
    // The same width is no new state: it is only moved.
    if (next === zoom && place.current)
      place.current.scrollLeft = ((at - all.from) / length) * place.current.scrollWidth - x;
  };
  const showAt = (ms: number, x: number) => to(ms, seen.from + (x / width) * (seen.to - seen.from), x);
  const show = (ms: number, around?: Span) => {
    const isSeen = around !== undefined && around.to >= seen.from && around.from <= seen.to;
    if (isSeen) to(ms, (around.from + around.to) / 2, width / 2);
    else showAt(ms, width / 2);
  };
  const bring = ({ from, to: end }: Span) => {
    const wide = Math.min(seen.to - seen.from, Math.max(24 * 3_600_000, (end - from) * 2));
    to(wide, (from + end) / 2, width / 2);
  };
  return { place, zoom, seen, width, onScroll: read, show, showAt, bring };
}

/** Two fingers, or the wheel with Ctrl (so do two fingers on a pad): nearer and farther. */
export function usePinch({ place, seen, showAt }: View): void {
  const now = useRef({ seen, showAt });
  now.current = { seen, showAt };
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let begun: { distance: number; ms: number } | undefined;
    const left = () => element.getBoundingClientRect().left;
    const visible = () => now.current.seen.to - now.current.seen.from;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      now.current.showAt(visible() * Math.exp(event.deltaY / 200), event.clientX - left());
    };
    const onTouch = (event: TouchEvent) => {
      const [one, other] = event.touches;
      if (!one || !other) {
        begun = undefined;
        return;
      }
      event.preventDefault();
      const distance = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      begun ??= { distance, ms: visible() };
      now.current.showAt((begun.ms * begun.distance) / distance, (one.clientX + other.clientX) / 2 - left());
    };
    const options = { passive: false };
    element.addEventListener('wheel', onWheel, options);
    for (const type of ['touchstart', 'touchmove', 'touchend'] as const)
      element.addEventListener(type, onTouch, options);
    return () => {
      element.removeEventListener('wheel', onWheel);
      for (const type of ['touchstart', 'touchmove', 'touchend'] as const) element.removeEventListener(type, onTouch);
    };
  }, [place]);
}

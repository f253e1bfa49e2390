import { useState } from 'preact/hooks';

type Pointing = Pick<PointerEvent, 'clientX' | 'pointerType'> & { currentTarget: Element };

/** What makes a row of days something to go along by pointer and by keyboard: a slider whose value is said in words. */
export interface Scrub {
  /** Which day is looked at; undefined while nobody looks. */
  index: number | undefined;
  props: {
    role: 'slider';
    tabIndex: 0;
    'aria-label': string;
    'aria-valuemin': 0;
    'aria-valuemax': number;
    'aria-valuenow': number;
    'aria-valuetext': string;
    onKeyDown(event: KeyboardEvent): void;
    onFocus(): void;
    onBlur(): void;
    onPointerDown(event: Pointing): void;
    onPointerMove(event: Pointing): void;
    onPointerLeave(event: Pointing): void;
  };
}

const STEPS: Record<string, number> = {
  ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 },
  ...{ PageDown: -7, PageUp: 7, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
};

/**
 * @param count of the days, at least one
 * @param say what is to be said of the day at an index
 * @param pointed the index at a place of the window, in pixels from its left; may be beyond the ends
 */
export function useScrub(
  label: string,
  count: number,
  say: (index: number) => string,
  pointed: (clientX: number, element: Element) => number,
): Scrub {
  const [index, set] = useState<number>();
  const within = (day: number) => Math.max(0, Math.min(count - 1, day));
  const now = within(index ?? count - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(within(now + step));
  };
  const look = ({ clientX, currentTarget }: Pointing) => set(within(pointed(clientX, currentTarget)));
  return {
    index: index === undefined ? undefined : now,
    props: {
      ...({ role: 'slider', tabIndex: 0, 'aria-label': label, 'aria-valuemin': 0 } as const),
      ...{ 'aria-valuemax': count - 1, 'aria-valuenow': now, 'aria-valuetext': say(now) },
      ...{ onKeyDown, onPointerDown: look, onPointerMove: look },
      onFocus: () => set((before) => before ?? count - 1),
      onBlur: () => set(undefined),
      // A finger leaves as soon as it is lifted: what it has pointed at is still being read.
      onPointerLeave: ({ currentTarget, pointerType }) => {
        if (pointerType !== 'touch' && document.activeElement !== currentTarget) set(undefined);
      },
    },
  };
}

import { useState } from 'preact/hooks';

/** What makes a row of days something to go along by pointer and by keyboard: a slider whose value is said in words. */
export interface Scrub {
  /** Which day is looked at; undefined while nobody looks. */
  index: number | undefined;
  set(index: number | undefined): void;
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
  };
}

/**
 * @param count of the days, at least one
 * @param say what is to be said of the day at an index
 */
export function useScrub(label: string, count: number, say: (index: number) => string): Scrub {
  const [index, set] = useState<number>();
  const now = Math.min(index ?? count - 1, count - 1);
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -7,
    PageUp: 7,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : now + (steps[event.key] ?? Number.NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    set(Math.max(0, Math.min(count - 1, to)));
  };
  return {
    index: index === undefined ? undefined : now,
    set,
    props: {
      ...({ role: 'slider', tabIndex: 0, 'aria-label': label, 'aria-valuemin': 0 } as const),
      ...{ 'aria-valuemax': count - 1, 'aria-valuenow': now, 'aria-valuetext': say(now) },
      ...{ onKeyDown, onFocus: () => set(now), onBlur: () => set(undefined) },
    },
  };
}

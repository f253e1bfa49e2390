import type { Span, View } from './view.ts';
import { useVoice } from './words.ts';

const HOUR = 3_600_000;
const SPANS = { week: 7 * 24 * HOUR, day: 24 * HOUR, hours: 3 * HOUR } as const;

/** From when to when is seen. */
export function Seen({ view: { seen } }: { view: View }) {
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
}

/** Nearer, farther, and as much as one usually wants to see. */
export function Tools({ view, all, open }: ToolsProps) {
  const { words } = useVoice();
  const length = all.to - all.from;
  const visible = view.seen.to - view.seen.from;
  const spans = Object.entries(SPANS).filter(([, ms]) => ms < length) as [keyof typeof SPANS, number][];
  return (
    <div class="tools">
      <button
        type="button"
        onClick={() => view.show(visible * 2, open)}
        disabled={view.zoom <= 1}
        aria-label={words.zoom.farther}
      >
        −
      </button>
      <button type="button" onClick={() => view.show(visible / 2, open)} aria-label={words.zoom.nearer}>
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

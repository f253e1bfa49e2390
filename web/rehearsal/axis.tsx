import { useMemo } from 'preact/hooks';
import { midnights, ticksIn } from './ticks.ts';
import type { Span, View } from './view.ts';
import { useVoice } from './words.ts';

/** Between the names of two marks. */
const TICK_PX = 76;

/** The names of days and hours; their lines go through all lanes. */
export function Axis({ all, view: { seen, zoom, width } }: { all: Span; view: View }) {
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

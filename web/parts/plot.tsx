import { useEffect, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colourOf, type Drawn, draw } from './drawing.ts';
import './plot.css';
import { useScrub } from './scrub.ts';
import { AsTable } from './table.tsx';

interface PlotProps extends Drawn {
  title: string;
  /** How a value is written beside its series, and in the table. */
  format(value: number): string;
  /** How a day is written beside the values, and in the table. */
  day(date: string): string;
  /** `As a table`, and what heads its first column. */
  words: { asTable: string; day: string };
  height?: number;
}

/** Values by days as bars and lines, to be gone along by pointer and arrow keys, with a table of the same. */
export function Plot({ title, words, height = 180, ...drawn }: PlotProps) {
  const { days, series, format, day } = drawn;
  const said = (index: number) =>
    series.map(({ label, values }) => `${label} ${written(values[index], format)}`).join(', ');
  const { place, plot } = useDrawing(drawn, height);
  const scrub = useScrub(
    title,
    days.length,
    (index) => `${day(days[index] ?? '')}: ${said(index)}`,
    (clientX) => (plot ? Math.round(plot.posToVal(clientX - plot.over.getBoundingClientRect().left, 'x')) : 0),
  );
  const at = scrub.index;
  return (
    <figure class="plot">
      <figcaption>
        <h3>{title}</h3>
        <ul class="legend" aria-hidden="true">
          {at !== undefined && <li class="day">{day(days[at] ?? '')}</li>}
          {series.map((one) => (
            <li key={one.label}>
              <i
                class={one.kind === 'line' ? (one.isDashed ? 'line dashed' : 'line') : ''}
                style={{ color: `var(${colourOf(one)})` }}
              />
              <bdi>{one.label}</bdi>
              {at !== undefined && <b>{written(one.values[at], format)}</b>}
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="drawn" {...scrub.props}>
        <div class="canvas" ref={place} style={{ height: `${height}px` }} aria-hidden="true" />
        {plot && at !== undefined && (
          <div class="here" style={{ left: `${plot.over.offsetLeft + plot.valToPos(at, 'x')}px` }} />
        )}
      </div>
      <AsTable
        summary={words.asTable}
        caption={title}
        head={[words.day, ...series.map(({ label }) => label)]}
        rows={days.map((date, index) => [day(date), ...series.map(({ values }) => written(values[index], format))])}
      />
    </figure>
  );
}

function written(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}

/** Draws again when the data, the width or the scheme of colours change. */
function useDrawing(drawn: Drawn, height: number) {
  const place = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<uPlot>();
  const data = JSON.stringify([drawn.days, drawn.series]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: functions are new each time, the data is what counts
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const made = draw(element, drawn, height);
    setPlot(made);
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    sizes.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => made.redraw();
    scheme.addEventListener('change', redraw);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener('change', redraw);
      made.destroy();
    };
  }, [data, height]);
  return { place, plot };
}

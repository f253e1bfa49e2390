import uPlot from 'uplot';

export interface Series {
  label: string;
  /** One for each day; null where there is none. */
  values: (number | null)[];
  /** Which of the colours of `tokens.css`. */
  tone: 1 | 2 | 3 | 4 | 5 | 6 | 'quiet' | 'bad';
  /** Bars stand on those before them; lines go over all. */
  kind: 'bars' | 'line';
  isDashed?: boolean;
}

export interface Drawn {
  /** One for each value of the series. */
  days: string[];
  series: Series[];
  /** How a value is written at the axis. */
  axis(value: number): string;
  /** How a day is written at the axis. */
  tick(day: string): string;
}

/** The custom property of a series' colour. */
export function colourOf({ tone }: Pick<Series, 'tone'>): string {
  return typeof tone === 'number' ? `--series-${tone}` : `--${tone}`;
}

/** Draws days into an element, in the colours that hold there; whoever draws also destroys. */
export function draw(element: HTMLElement, drawn: Drawn, height: number): uPlot {
  const { days, series, axis, tick } = drawn;
  // Looked up each time it is drawn: the scheme may have changed.
  const colour = (name: string) => () => getComputedStyle(element).getPropertyValue(name).trim();
  const faint = { stroke: colour('--line'), width: 1 };
  const shared = { stroke: colour('--quiet'), font: '12px system-ui, sans-serif', ticks: { show: false } };
  const layers = layersOf(series);
  return new uPlot(
    {
      ...{ width: element.clientWidth, height },
      padding: [8, 4, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [-0.6, days.length - 0.4] },
        y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] },
      },
      axes: [
        {
          ...shared,
          grid: { show: false },
          size: 28,
          splits: ({ width }) => ticksOf(days.length, width),
          values: (_, splits) => splits.map((index) => tick(days[index] ?? '')),
        },
        { ...shared, grid: faint, size: 52, space: 32, values: (_, splits) => splits.map(axis) },
      ],
      series: [
        {},
        ...layers.map(({ of }) =>
          of.kind === 'bars'
            ? {
                fill: colour(colourOf(of)),
                width: 0,
                paths: uPlot.paths.bars?.({ size: [0.72, 40], radius: 0.12 }),
                points: { show: false },
              }
            : {
                stroke: colour(colourOf(of)),
                width: 2,
                ...(of.isDashed && { dash: [6, 5] }),
                spanGaps: false,
                points: { show: false },
              },
        ),
      ],
    },
    [days.map((_, index) => index), ...layers.map(({ values }) => values)],
    element,
  );
}

/** In the order of drawing: the whole heap, then what is under its top, and so on; lines at last. */
function layersOf(series: Series[]): { of: Series; values: (number | null)[] }[] {
  const heap: number[] = [];
  const bars = series
    .filter(({ kind }) => kind === 'bars')
    .map((of) => ({
      of,
      values: of.values.map((value, index) => {
        heap[index] = (heap[index] ?? 0) + (value ?? 0);
        return heap[index];
      }),
    }));
  return [...bars.reverse(), ...series.filter(({ kind }) => kind === 'line').map((of) => ({ of, values: of.values }))];
}

/** Days that are named at the axis, by whole weeks where there are many. @param width of all, in pixels */
function ticksOf(count: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / 40));
  const step = [1, 2, 7, 14, 28, 56].find((days) => count / days <= most) ?? 92;
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

import { type Rect, text } from './scene.ts';

/** Colours that hold their own on dark and on light; the first is the background. */
export const PALETTE = ['#1e2124', '#f2f3f5', '#949ba4', '#3a3d42'];
export const [, INK, DIM, LINE] = [0, 1, 2, 3] as const;
export const [LEFT, RIGHT, SMALL] = [116, 1016, 3] as const;

/** Where a chart is, from top to bottom. */
export interface Place {
  top: number;
  bottom: number;
}

/** The lines of a chart, with their values. */
export function frame({ title, top, bottom, most }: Place & { title: string; most: number }, unit: string): Rect[] {
  return [
    ...text(title, { x: RIGHT, y: top - 34, dot: SMALL, colour: DIM, at: 'end' }),
    ...[0, 0.5, 1].flatMap((part) => {
      const y = Math.round(bottom - part * (bottom - top));
      const label = `${unit}${plain(most * part)}`;
      return [
        { x: LEFT, y, width: RIGHT - LEFT, height: 1, colour: part === 0 ? DIM : LINE },
        ...text(label, { x: LEFT - 14, y: y - 10, dot: SMALL, colour: DIM, at: 'end' }),
      ];
    }),
  ];
}

/** The days of the month under a chart. */
export function dates(month: string, bottom: number): Rect[] {
  const step = (RIGHT - LEFT) / daysIn(month);
  return [1, 5, 10, 15, 20, 25, 30]
    .filter((day) => day <= daysIn(month))
    .flatMap((day) =>
      text(String(day), {
        ...{ x: LEFT + (day - 0.5) * step, y: bottom + 16, dot: SMALL, colour: DIM },
        at: 'middle',
      }),
    );
}

/** How far down a value is, in pixels. */
export function heightAt(value: number, { top, bottom }: Place, most: number): number {
  return Math.round(bottom - (Math.min(value, most) / most) * (bottom - top));
}

/** The next round number: 1, 2 or 5 with zeros; for hours 24 where they fit. */
export function scaleOf(most: number): number {
  if (most > 10 && most <= 24) return 24;
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 0.1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most) ?? most;
}

/** Without more digits than it needs. */
export function plain(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

export function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

import type { MonthPicture } from '../notices/notice.ts';
import {
  dates,
  daysIn,
  frame,
  heightAt,
  INK,
  LEFT,
  PALETTE,
  type Place,
  plain,
  RIGHT,
  SMALL,
  scaleOf,
} from './axes.ts';
import { type Rect, type Scene, text, widthOf } from './scene.ts';

/** Twice what Discord shows, so that it is sharp there. */
const WIDTH = 1040;
const HEIGHT = 640;
const SERIES = ['#4fa3ff', '#5bd28a', '#f2b84b', '#c58af9', '#ff7d7d', '#52d6d6'];
const LIMIT = PALETTE.length + SERIES.length;

/** The two charts, from top to bottom. */
const HOURS = { title: 'hours on a day', top: 176, bottom: 366 };
const SPEND = { title: '$ a day', top: 446, bottom: 586 };

type Day = MonthPicture['days'][number];
type Numbers = { hours: number; usd: number };

/** A month as a picture: for each of its days the hours that each workload was on, and what was spent. */
export function monthScene({ month, limit, days }: MonthPicture): Scene {
  const names = shownNames(days);
  const most = Math.max(...days.map((day) => sum(day, 'usd')), 0);
  // A limit far above all that is spent would make the rest invisible: then it is only written.
  const isNear = limit !== undefined && limit <= most * 4;
  const hours = scaleOf(Math.max(...days.map((day) => sum(day, 'hours')), 1));
  const usd = scaleOf(isNear ? Math.max(most, limit) : most);
  const title = limit === undefined ? SPEND.title : `${SPEND.title}, limit $${plain(limit)}`;
  return {
    ...{ width: WIDTH, height: HEIGHT },
    palette: [...PALETTE, ...SERIES, '#ff4d4f'],
    rects: [
      ...text(month, { x: LEFT, y: 28, dot: 4, colour: INK }),
      ...legend(names),
      ...frame({ ...HOURS, most: hours }, ''),
      ...bars(month, days, names, 'hours', HOURS, hours),
      ...frame({ ...SPEND, title, most: usd }, '$'),
      ...bars(month, days, names, 'usd', SPEND, usd),
      ...(isNear ? [{ x: LEFT, y: heightAt(limit, SPEND, usd), width: RIGHT - LEFT, height: 3, colour: LIMIT }] : []),
      ...dates(month, SPEND.bottom),
    ],
  };
}

/** The workloads with a colour of their own; more than there are colours share the last one. */
function shownNames(days: readonly Day[]): string[] {
  const names = [...new Set(days.flatMap(({ workloads }) => Object.keys(workloads)))];
  return names.length <= SERIES.length ? names : [...names.slice(0, SERIES.length - 1), 'others'];
}

function legend(names: readonly string[]): Rect[] {
  let [x, y] = [LEFT, 74];
  return names.flatMap((name, index) => {
    const width = 28 + widthOf(name, SMALL);
    if (x + width > RIGHT) [x, y] = [LEFT, y + 32];
    const square = { x, y: y + 1, width: 18, height: 18, colour: PALETTE.length + index };
    const label = text(name, { x: x + 28, y, dot: SMALL, colour: INK });
    x += width + 34;
    // There is room for two lines.
    return y > 110 ? [] : [square, ...label];
  });
}

function bars(
  month: string,
  days: readonly Day[],
  names: readonly string[],
  of: keyof Numbers,
  place: Place,
  most: number,
): Rect[] {
  const step = (RIGHT - LEFT) / daysIn(month);
  return days.flatMap(({ day, workloads }) => {
    const x = LEFT + Math.round((Number(day.slice(8)) - 1) * step) + 4;
    let below = 0;
    return Object.entries(workloads).flatMap(([name, numbers]) => {
      const [bottom, top] = [heightAt(below, place, most), heightAt(below + numbers[of], place, most)];
      below += numbers[of];
      const index = names.includes(name) ? names.indexOf(name) : names.length - 1;
      return bottom > top
        ? [{ x, y: top, width: Math.round(step) - 8, height: bottom - top, colour: PALETTE.length + index }]
        : [];
    });
  });
}

function sum({ workloads }: Day, of: keyof Numbers): number {
  return Object.values(workloads).reduce((total, numbers) => total + numbers[of], 0);
}

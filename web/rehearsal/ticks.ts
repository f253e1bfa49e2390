/** A mark of the axis, in milliseconds since the epoch. */
export interface Tick {
  at: number;
  /** Whether a day begins at it. */
  isMidnight: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From a mark to the next: parts of a day, then days. */
const STEPS = [60_000, 5 * 60_000, 15 * 60_000, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY];
const LONGEST = 28 * DAY;

/**
 * The midnights of a zone, in milliseconds since the epoch.
 *
 * @param from the first of them, a local date
 * @param to exclusive
 */
export function midnights(from: string, to: string, timeZone: string): number[] {
  const found = [];
  for (let date = Date.parse(`${from}T00:00Z`); date < Date.parse(`${to}T00:00Z`); date += DAY)
    found.push(instantOf(date, timeZone));
  return found;
}

/** Marks of which none is nearer to the next than so many milliseconds; marks of days are at midnights. */
export function ticksIn(days: number[], view: { from: number; to: number }, least: number): Tick[] {
  const step = STEPS.find((one) => one >= least) ?? LONGEST;
  const [perTick, inDay] = [Math.max(1, Math.round(step / DAY)), Math.min(step, DAY)];
  return days.flatMap((midnight, index) => {
    if (index % perTick !== 0) return [];
    const next = days[index + 1] ?? midnight + DAY;
    if (next <= view.from || midnight > view.to) return [];
    const ticks: Tick[] = [{ at: midnight, isMidnight: true }];
    // A day with a change of the clocks has a longer or a shorter last part.
    for (let at = midnight + inDay; at + inDay / 2 < next; at += inDay)
      if (at >= view.from && at <= view.to) ticks.push({ at, isMidnight: false });
    return ticks;
  });
}

/** The instant of a wall-clock time, told as if it were one of UTC. */
function instantOf(wall: number, timeZone: string): number {
  const once = wall - offsetAt(wall, timeZone);
  // The guess may lie on the other side of a change of the clocks.
  return wall - offsetAt(once, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' });
  formats.set(timeZone, format);
  const wall = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
  return wall - Math.floor(instant / 1000) * 1000;
}

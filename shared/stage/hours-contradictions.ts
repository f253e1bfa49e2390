import type { Hours } from './compiled.ts';
import type { Environment } from './environment.ts';
import type { Fault } from './faults.ts';
import { type Stretch, stretches, touch } from './hours.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * What in the hours of one environment excludes itself. Where two blocks touch, a start and a stop would have one time,
 * and that is what names a run.
 *
 * @param open the special working days of the calendar
 */
export function hoursContradictions(path: Fault['path'], { hours }: Environment, open: string[]): Fault[] {
  const blocks = [hours].flat();
  const at = (index: number) => [...path, 'hours', ...(Array.isArray(hours) ? [index] : [])];
  const empty = blocks.flatMap(({ from, to }, index) =>
    from === to
      ? [
          {
            path: [...at(index), 'to'],
            found: to,
            expected: 'another time than from',
            mend: 'write when it is deleted; what is always up needs no hours',
          },
        ]
      : [],
  );
  if (empty.length > 0) return empty;
  return blocks.flatMap((block, index) => {
    const [meeting] = blocks.slice(0, index).flatMap((other) => meetingOf(block, other, open));
    return meeting ? [{ path: at(index), ...meeting }] : [];
  });
}

/** The first time in the week that two blocks meet, in words. */
function meetingOf(block: Hours, other: Hours, open: string[]): Omit<Fault, 'path'>[] {
  const theirs = stretches(other, { open });
  for (const mine of stretches(block, { open })) {
    const met = theirs.find((stretch) => touch(mine, stretch));
    if (!met) continue;
    const isByCalendar = [block, other].some(({ days }) => days === 'weekdays') && Math.max(mine.day, met.day) > 5;
    return [
      {
        found: words(mine, block),
        expected: `hours that neither overlap nor touch ${words(met, other)}`,
        mend: isByCalendar
          ? 'calendar.open can make any day a working day: write the days as lists, [mon, tue, wed, thu, fri]'
          : 'make one block of the two, or leave a minute between them',
      },
    ];
  }
  return [];
}

function words({ day }: Stretch, { from, to }: Hours): string {
  return `${DAYS[day - 1]} ${from}–${to}`;
}

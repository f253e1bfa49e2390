import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Calendar, Days, EnvironmentWorkload, Hours } from '../../../shared/stage/compiled.ts';
import { stretches, touch } from '../../../shared/stage/hours.ts';
import { daySkipped, isWithinHours, type Planned, plannedBetween } from '../../../shared/time/planned.ts';
import { anEnvironment } from '../../resources/environment.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Three weeks around each change of the clock in Berlin, and most others. */
const FROM = ['2026-03-16T00:00Z', '2026-10-19T00:00Z'].map((date) => Date.parse(date));

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const someDays = fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, { minLength: 1 });
const days: fc.Arbitrary<Days> = fc.oneof(fc.constantFrom('weekdays' as const, 'every-day' as const), someDays);
const block: fc.Arbitrary<Hours> = fc.record({ days, from: time, to: time }).filter(({ from, to }) => from !== to);
const dates = fc.subarray(
  FROM.flatMap((from) => Array.from({ length: 21 }, (_, day) => new Date(from + day * DAY).toJSON().slice(0, 10))),
);
const calendar: fc.Arbitrary<Calendar> = fc.tuple(dates, dates).map(([closed, open]) => ({
  closed: Object.fromEntries(closed.map((date) => [date, 'day off'])),
  open: open.length > 6 ? [] : open,
  until: '2028-12-31',
}));
const zone = fc.constantFrom('Europe/Berlin', 'Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo');

/** An environment whose hours the stage file would take, with all that fires in three weeks. */
const planned = fc
  .record({
    hours: fc.array(block, { minLength: 1, maxLength: 3 }),
    calendar,
    timezone: zone,
    from: fc.constantFrom(...FROM),
  })
  .filter(({ hours, calendar }) => areApart(hours, calendar))
  .map(({ hours, calendar, timezone, from }) => {
    const workload = anEnvironment({ hours, timezone });
    return { workload, calendar, all: plannedBetween(workload, calendar, from, from + 21 * DAY), from };
  });

function areApart(hours: Hours[], calendar: Calendar): boolean {
  return hours.every((one, index) =>
    hours
      .slice(0, index)
      .every((other) =>
        stretches(one, calendar).every((mine) => stretches(other, calendar).every((theirs) => !touch(mine, theirs))),
      ),
  );
}

function always(
  law: (one: { workload: EnvironmentWorkload; calendar: Calendar; all: Planned[]; from: number }) => void,
) {
  fc.assert(fc.property(planned, law), { seed: 4, numRuns: 150 });
}

describe('everything that is planned for an environment', () => {
  test('two starts - have a stop between them, and every start has one within a day and the hour of a change', () => {
    always(({ all, from }) => {
      for (const [index, { act, at }] of all.entries()) {
        if (act !== 'start' || at > from + 19 * DAY) continue;
        expect(all[index + 1]?.act).toBe('stop');
        expect((all[index + 1]?.at ?? 0) - at).toBeLessThanOrEqual(25 * HOUR);
      }
    });
  });

  test('no two - have one key', () => {
    always(({ all }) => {
      expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    });
  });

  test('a start that the calendar does not skip - is when its hours begin; one that it skips is outside of them', () => {
    always(({ all, workload, calendar }) => {
      for (const { act, at, key, inGap } of all)
        if (act === 'start' && !inGap)
          expect(isWithinHours(workload, calendar, at)).toBe(!daySkipped(workload, act, key, calendar));
    });
  });

  test('a stop - is outside of its hours, and is never skipped by the calendar', () => {
    always(({ all, workload, calendar }) => {
      for (const { act, at, key, inGap } of all)
        if (act === 'stop' && !inGap) {
          expect(isWithinHours(workload, calendar, at)).toBe(false);
          expect(daySkipped(workload, act, key, calendar)).toBeUndefined();
        }
    });
  });

  test('whatever a person starts, at any time - is stopped within two days', () => {
    always(({ all, from }) => {
      const stops = [from, ...all.filter(({ act }) => act === 'stop').map(({ at }) => at), from + 21 * DAY];
      for (const [index, at] of stops.slice(1).entries()) expect(at - (stops[index] ?? 0)).toBeLessThan(2 * DAY + HOUR);
    });
  });

  test('a window cut in two - has the same in its halves', () => {
    fc.assert(
      fc.property(planned, fc.integer({ min: 0, max: 21 * 24 * 60 }), ({ workload, calendar, all, from }, minutes) => {
        const cut = from + minutes * 60_000;
        const halves = [
          ...plannedBetween(workload, calendar, from, cut),
          ...plannedBetween(workload, calendar, cut, from + 21 * DAY),
        ];
        expect(halves).toEqual(all);
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test('a zone without changes - its wall clock says whether it should be up', () => {
    fc.assert(
      fc.property(block, calendar, fc.integer({ min: 0, max: 21 * 24 * 60 }), (hours, calendar, minutes) => {
        const at = (FROM[0] ?? 0) + minutes * 60_000;
        const workload = anEnvironment({ hours: [hours] });
        expect(isWithinHours(workload, calendar, at)).toBe(isUpByTheWall(hours, calendar, at));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

/** What a person with a calendar and a clock in Seoul would say. */
function isUpByTheWall({ days, from, to }: Hours, { closed, open }: Calendar, at: number): boolean {
  const wall = new Date(at + 9 * HOUR).toJSON();
  const clock = wall.slice(11, 16);
  const isWorked = (date: string) => {
    if (days === 'every-day') return true;
    const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(`${date}T00:00Z`).getUTCDay()] ?? '';
    if (days === 'weekdays') return open.includes(date) || (!closed[date] && !['sat', 'sun'].includes(day));
    return !closed[date] && (days as string[]).includes(day);
  };
  const today = wall.slice(0, 10);
  const yesterday = new Date(at + 9 * HOUR - DAY).toJSON().slice(0, 10);
  if (from < to) return isWorked(today) && clock >= from && clock < to;
  return (isWorked(today) && clock >= from) || (isWorked(yesterday) && clock < to);
}

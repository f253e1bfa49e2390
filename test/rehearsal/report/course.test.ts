import { expect, test } from '@jest/globals';
import { Journal } from '../../../rehearsal/journal.ts';
import { courseOf } from '../../../rehearsal/report/course.ts';

const FROM = Date.parse('2026-11-02T00:00:00Z');
const DAY = 86_400_000;

test('an hour of a day - the most of each minute, and the workers that stay', () => {
  const journal = new Journal();
  const at = (minute: number) => FROM + minute * 60_000 + 5000;
  const measured = (minute: number, backlog?: number, queue = 'crawl') =>
    journal.entries.push({ what: 'measured', queue, names: 'Backlog', at: at(minute), ...{ backlog } });
  const scaled = (minute: number, from: number, to: number) =>
    journal.entries.push({ what: 'scaled', queue: 'crawl', from, to, by: 'bounds', at: at(minute) });
  measured(0, 3);
  measured(0, 9);
  measured(0, 4);
  measured(1, 50, 'other');
  measured(2);
  measured(3, 0);
  scaled(1, 0, 5);
  scaled(1, 5, 2);
  scaled(3, 2, 0);
  const { minutes, backlog, workers } = courseOf('crawl', { from: FROM, to: FROM + DAY }, journal);
  expect([minutes, backlog.length, workers.length]).toEqual([1, 1440, 1440]);
  expect(backlog.slice(0, 5)).toEqual([9, null, null, 0, null]);
  expect(workers.slice(0, 5)).toEqual([0, 5, 2, 2, 0]);
});

test('a month, a year - never more parts than a picture can show; what comes after the end is not in it', () => {
  const journal = new Journal();
  journal.entries.push({ what: 'scaled', queue: 'crawl', from: 0, to: 7, by: 'bounds', at: FROM + 30 * DAY + 1 });
  const month = courseOf('crawl', { from: FROM, to: FROM + 30 * DAY }, journal);
  expect([month.minutes, month.workers.length, Math.max(...month.workers)]).toEqual([30, 1440, 0]);
  const year = courseOf('crawl', { from: FROM, to: FROM + 366 * DAY }, journal);
  expect([year.minutes, year.workers.length]).toEqual([360, 1464]);
});

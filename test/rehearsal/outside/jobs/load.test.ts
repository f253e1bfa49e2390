import { describe, expect, test } from '@jest/globals';
import { byHours, QUIET } from '../../../../rehearsal/outside/jobs/load.ts';
import { JobQueue } from '../../../../rehearsal/outside/jobs/queue.ts';
import { Random } from '../../../../rehearsal/random.ts';

const at = (time: string) => Date.parse(`${time}+09:00`);
const rate = byHours([{ from: '10:00', to: '14:00', perMinute: 40 }], 'Asia/Seoul');

describe('jobs by the hour', () => {
  test.each([
    ['2026-11-02T09:59', 0, '2026-11-02T10:00'],
    ['2026-11-02T10:00', 40, '2026-11-02T14:00'],
    ['2026-11-02T13:59', 40, '2026-11-02T14:00'],
    ['2026-11-02T14:00', 0, '2026-11-03T00:00'],
  ])('%s - %i a minute until %s', (time, perMinute, until) =>
    expect(rate(at(time))).toEqual({ perMinute, until: at(until) }),
  );

  test('over midnight, and two that meet - added', () => {
    const both = byHours(
      [
        { from: '22:00', to: '02:00', perMinute: 5 },
        { from: '00:00', to: '01:00', perMinute: 3 },
      ],
      'Asia/Seoul',
    );
    expect(['23:00', '00:30', '01:30', '02:00'].map((time) => both(at(`2026-11-02T${time}`)).perMinute)).toEqual([
      5, 8, 5, 0,
    ]);
  });

  test('the day on which clocks go forward - as many hours as there are', () => {
    const night = byHours([{ from: '01:00', to: '04:00', perMinute: 1 }], 'Europe/Berlin');
    const { until } = night(Date.parse('2026-03-29T00:00:00Z'));
    expect(new Date(until).toISOString()).toBe('2026-03-29T02:00:00.000Z');
  });

  test('a day of 40 a minute for four hours - 9,600 jobs, within what chance allows, and none outside', () => {
    const time = { now: at('2026-11-02T00:00') };
    const queue = new JobQueue(time, new Random(7), { ...QUIET, rate });
    const added = ['10:00', '14:00', '23:59'].map((until) => {
      time.now = at(`2026-11-02T${until}`);
      return queue.counts().added;
    });
    expect(added[0]).toBe(0);
    expect(Math.abs((added[1] ?? 0) - 9600)).toBeLessThan(300);
    expect(added[2]).toBe(added[1]);
  });
});

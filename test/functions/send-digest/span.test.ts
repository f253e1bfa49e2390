import { describe, expect, test } from '@jest/globals';
import { spanOf } from '../../../functions/send-digest/span.ts';

const iso = ({ from, to, ...rest }: ReturnType<typeof spanOf>) => ({
  ...rest,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

describe('what a digest is about', () => {
  // Friday, 17:30 in Seoul.
  const FRIDAY = Date.parse('2026-11-06T17:30:00+09:00');

  test('daily - the 24 hours before it, and what was spent today so far', () => {
    expect(iso(spanOf('daily', FRIDAY, 'Asia/Seoul'))).toEqual({
      ...{ period: 'daily', from: '2026-11-05T08:30:00.000Z', to: '2026-11-06T08:30:00.000Z' },
      days: { first: '2026-11-06', last: '2026-11-06' },
    });
  });

  test('weekly - seven days', () => {
    expect(iso(spanOf('weekly', FRIDAY, 'Asia/Seoul'))).toEqual({
      ...{ period: 'weekly', from: '2026-10-30T08:30:00.000Z', to: '2026-11-06T08:30:00.000Z' },
      days: { first: '2026-10-31', last: '2026-11-06' },
    });
  });

  test('monthly - the month before, from its first midnight to its last', () => {
    expect(iso(spanOf('monthly', Date.parse('2026-12-01T09:00:00+09:00'), 'Asia/Seoul'))).toEqual({
      ...{ period: 'monthly', from: '2026-10-31T15:00:00.000Z', to: '2026-11-30T15:00:00.000Z' },
      days: { first: '2026-11-01', last: '2026-11-30' },
    });
  });

  test('a day on which the clocks change - from the same time the day before, 25 hours', () => {
    const { from, to } = spanOf('daily', Date.parse('2026-10-25T17:30:00+01:00'), 'Europe/Berlin');
    expect((to - from) / 3_600_000).toBe(25);
  });
});

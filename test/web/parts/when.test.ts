import { describe, expect, test } from '@jest/globals';
import { timesIn } from '../../../web/parts/when.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('how times are said', () => {
  test.each([
    [0, '0 s', '0초'],
    [59_400, '59 s', '59초'],
    [59_600, '1 min', '1분'],
    [HOUR, '1 h', '1시간'],
    [3 * HOUR + 58 * MINUTE, '3 h 58 min', '3시간 58분'],
    [24 * HOUR + 5 * MINUTE, '1 d', '1일'],
    [60 * HOUR, '2 d 12 h', '2일 12시간'],
  ])('%d ms - %s, %s', (ms, english, korean) => {
    // At none of its spaces a line may break.
    expect(timesIn('en').span(ms)).toBe(english.replaceAll(' ', '\u00a0'));
    expect(timesIn('ko').span(ms)).toBe(korean.replaceAll(' ', '\u00a0'));
  });

  test('an instant - by the clock of the zone, with the day where it is another', () => {
    const { at, clock, dateOf } = timesIn('en', 'Asia/Seoul');
    const now = Date.parse('2026-11-20T14:30:00Z');
    expect(clock('2026-11-20T15:05:00Z')).toBe('00:05');
    expect(at('2026-11-20T14:59:00Z', now)).toBe('23:59');
    expect(at('2026-11-20T15:05:00Z', now)).toBe('Sat 21 Nov, 00:05');
    expect(timesIn('ko', 'Asia/Seoul').at('2026-11-20T15:05:00Z', now)).toBe('11월 21일 (토) 00:05');
    expect(dateOf('2026-11-20T15:05:00Z')).toBe('2026-11-21');
  });

  test('a date - the same whatever the zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles'])
      expect(timesIn('en', zone).day('2026-11-20')).toBe('Fri 20 Nov');
  });
});

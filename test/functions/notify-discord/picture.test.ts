import { afterEach, expect, jest, test } from '@jest/globals';
import { pictureOf } from '../../../functions/notify-discord/picture.ts';
import type { MonthPicture } from '../../../shared/notices/notice.ts';
import { aNotice } from '../../shared/builders.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

test('a notice without numbers for a picture - none', () => {
  expect(pictureOf(aNotice())).toBeUndefined();
});

test('numbers that cannot be drawn - no picture, and the log says so; nobody fails to hear the rest', () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(pictureOf(aNotice({ picture: { month: '2026-11' } as MonthPicture }))).toBeUndefined();
  expect(error.mock.calls.join()).toContain('"picture":"not drawn"');
});

test('numbers of a month - a PNG', () => {
  const picture = { month: '2026-11', days: [{ day: '2026-11-02', workloads: { x: { hours: 1, usd: 1 } } }] };
  expect(pictureOf(aNotice({ picture }))).toMatchObject({ name: 'month.png', type: 'image/png' });
});

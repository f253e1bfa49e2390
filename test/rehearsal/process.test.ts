import { expect, test } from '@jest/globals';
import { act } from './stage.ts';

// Each rehearsal is a process of its own.

test('what is thrown in a rehearsal - is thrown by it, with its name', async () => {
  await expect(act({}, { from: 'someday' })).rejects.toMatchObject({
    name: 'RangeError',
    message: expect.stringContaining('someday'),
  });
});

test('two at once - each has a world and a clock of its own', async () => {
  const [monday, tuesday] = await Promise.all([act({}, { days: 1 }), act({}, { days: 1, from: '2026-11-03' })]);
  expect(Date.parse(tuesday.from) - Date.parse(monday.from)).toBe(86_400_000);
  expect(tuesday.notices[0]?.at).not.toBe(monday.notices[0]?.at);
});

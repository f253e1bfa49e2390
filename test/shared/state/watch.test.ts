import { afterAll, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { setWatchedUntil, watchedUntil } = await import('../../../shared/state/watch.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

test('the first time and later - nothing, then the newest instant to the millisecond', async () => {
  expect(await watchedUntil()).toBeUndefined();
  await setWatchedUntil(1_793_559_605_123);
  await setWatchedUntil(1_793_560_205_456);
  expect(await watchedUntil()).toBe(1_793_560_205_456);
});

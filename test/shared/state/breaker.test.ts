import { afterAll, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { closeBreaker, countFailure, getBreaker } = await import('../../../shared/state/breaker.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

describe('countFailure', () => {
  test('three runs fail - one, two, three in a row', async () => {
    const counts = [];
    for (const run of ['a', 'b', 'c']) counts.push(await countFailure('row', run));
    expect(counts).toEqual([1, 2, 3]);
    expect(await getBreaker('row')).toMatchObject({ failures: 3, lastRun: 'c' });
  });

  test('one run is told ten times, partly at once - counted once, and each time answered the same', async () => {
    await countFailure('told', 'before');
    const counts = await Promise.all(Array.from({ length: 9 }, () => countFailure('told', 'run')));
    counts.push(await countFailure('told', 'run'));
    expect(counts).toEqual(Array(10).fill(2));
  });

  test('another workload fails - counted apart', async () => {
    await countFailure('one', 'a');
    expect(await countFailure('other', 'a')).toBe(1);
  });
});

describe('closeBreaker', () => {
  test('after failures - forgotten, and counted anew', async () => {
    await countFailure('resumed', 'a');
    await countFailure('resumed', 'b');
    await closeBreaker('resumed');
    expect(await getBreaker('resumed')).toBeUndefined();
    expect(await countFailure('resumed', 'c')).toBe(1);
  });

  test('without failures - no complaint', async () => {
    await expect(closeBreaker('healthy')).resolves.toBeUndefined();
  });
});

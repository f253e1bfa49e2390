import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, test } from '@jest/globals';
import { aRun, DEADLINE, KEY, minutesAfter } from '../builders.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { LEASE_MARGIN_SECONDS, releaseLease, takeLease } = await import('../../../shared/state/lease.ts');
const { table, tableName, workloadKey } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = minutesAfter(DEADLINE, -60);
const EXPIRY = Date.parse(DEADLINE) + LEASE_MARGIN_SECONDS * 1000;
const first = (workload: string) => aRun({ workload });
const second = (workload: string) =>
  aRun({ workload, key: '2026-11-02T09:00', deadlineAt: '2026-11-02T02:00:00.000Z' });

describe('takeLease', () => {
  test('twenty runs at once - one holds it', async () => {
    const holders = await Promise.all(
      Array.from({ length: 20 }, (_, n) => takeLease(aRun({ workload: 'race', key: `${KEY}:${10 + n}` }), NOW)),
    );
    expect(holders.filter((holder) => holder === undefined)).toHaveLength(1);
  });

  test('the holder asks again - still its own', async () => {
    expect(await takeLease(first('mine'), NOW)).toBeUndefined();
    expect(await takeLease(first('mine'), NOW)).toBeUndefined();
    expect(await takeLease(second('mine'), NOW)).toBeDefined();
  });

  test('refused, and the database does not tell by whom - busy all the same', async () => {
    // Dynalite knows no ReturnValuesOnConditionCheckFailure, so its error has no Item.
    await takeLease(first('silent'), NOW);
    expect(await takeLease(second('silent'), NOW)).toBe('another run');
  });

  test('refused, and the database tells by whom - the key of the holder', async () => {
    const refusal = Object.assign(new Error('no'), {
      name: 'ConditionalCheckFailedException',
      Item: { holder: { S: KEY } },
    });
    table.middlewareStack.add(
      () => async () => {
        throw refusal;
      },
      { step: 'initialize', name: 'refuse', priority: 'high' },
    );
    try {
      expect(await takeLease(second('telling'), NOW)).toBe(KEY);
    } finally {
      table.middlewareStack.remove('refuse');
    }
  });

  test('the deadline and the margin are over - taken over; a second before - not', async () => {
    await takeLease(first('expired'), NOW);
    expect(await takeLease(second('expired'), EXPIRY - 1000)).toBeDefined();
    expect(await takeLease(second('expired'), EXPIRY + 1000)).toBeUndefined();
    expect(await takeLease(first('expired'), EXPIRY + 2000)).toBeDefined();
  });

  test('of another workload - no matter', async () => {
    expect(await takeLease(first('one'), NOW)).toBeUndefined();
    expect(await takeLease(second('other'), NOW)).toBeUndefined();
  });

  test('the table is not there - the error gets through: no lease by mistake', async () => {
    const name = process.env['STATE_TABLE'];
    process.env['STATE_TABLE'] = 'elsewhere';
    try {
      await expect(takeLease(first('nowhere'), NOW)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    } finally {
      process.env['STATE_TABLE'] = name;
    }
  });
});

describe('releaseLease', () => {
  test('by the holder - the next run takes it', async () => {
    await takeLease(first('done'), NOW);
    await releaseLease(first('done'));
    expect(await takeLease(second('done'), NOW)).toBeUndefined();
  });

  test('given back - it still says who had it last, as a run that is over', async () => {
    await takeLease(first('told'), NOW);
    await releaseLease(first('told'));
    const { Item } = await table.send(new GetCommand({ TableName: tableName(), Key: workloadKey('told', 'lease') }));
    expect(Item).toMatchObject({ holder: KEY, until: 0 });
  });

  test('by a run that lost it - the holder keeps it, without a complaint', async () => {
    await takeLease(first('lost'), NOW);
    await takeLease(second('lost'), EXPIRY + 1000);
    await releaseLease(first('lost'));
    expect(await takeLease(first('lost'), EXPIRY + 2000)).toBeDefined();
  });

  test('twice, or never taken - no complaint', async () => {
    await expect(releaseLease(first('never'))).resolves.toBeUndefined();
    await takeLease(first('never'), NOW);
    await releaseLease(first('never'));
    await expect(releaseLease(first('never'))).resolves.toBeUndefined();
  });
});

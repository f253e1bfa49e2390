import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from '@jest/globals';
import type { Order } from '../../../shared/discord/order.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { askToConfirm, CONFIRM_MS, takeAsked, takeInteraction } = await import('../../../shared/state/interactions.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');
const ORDER: Order = { act: 'stop', workload: 'nightly', why: 'a test', by: 'kim (Discord)' };

test('one interaction, ten times at once - taken once for each part of its way, and forgotten later', async () => {
  const times = Array.from({ length: 10 }, () => takeInteraction('1', 'received', NOW));
  expect((await Promise.all(times)).filter(Boolean)).toHaveLength(1);
  expect(await takeInteraction('1', 'carried-out', NOW)).toBe(true);
  expect(await takeInteraction('2', 'received', NOW)).toBe(true);
  const Key = { pk: 'interaction#1', sk: 'received' };
  const { Item } = await table.send(new GetCommand({ TableName: 'state', Key }));
  // Longer than a signature is believed: five minutes before and after.
  expect(Item?.['expiresAt']).toBeGreaterThan(NOW / 1000 + 600);
});

test('a question that ten confirm at once - one has it', async () => {
  await askToConfirm('1', ORDER, NOW);
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeAsked('1', NOW + CONFIRM_MS)));
  expect(taken.filter((order) => order !== undefined)).toEqual([ORDER]);
});

test('a question that is older than five minutes - late, whether or not it is deleted by then', async () => {
  await askToConfirm('2', ORDER, NOW);
  expect(await takeAsked('2', NOW + CONFIRM_MS + 1)).toBe('late');
  expect(await takeAsked('2', NOW)).toBeUndefined();
});

test('a question that nobody asked - nothing', async () => {
  expect(await takeAsked('3', NOW)).toBeUndefined();
});

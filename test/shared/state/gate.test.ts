import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { heldBack, holdBack, letGo } = await import('../../../shared/state/gate.ts');
const { table } = await import('../../../shared/state/table.ts');

afterEach(async () => {
  for (const workload of [undefined, 'nightly', 'weekly']) await letGo(workload);
});
afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');
const UNTIL = '2026-11-03T09:00:00+09:00';
const word = { by: 'ana', why: 'moving', at: '2026-11-01T00:00:00Z' };

describe('heldBack', () => {
  test('nobody said anything - undefined', async () => {
    expect(await heldBack('nightly', NOW)).toBeUndefined();
  });

  test('the workload is paused - who, and why; another workload is not', async () => {
    await holdBack('nightly', { ...word, act: 'pause' });
    expect(await heldBack('nightly', NOW)).toBe('paused by ana: moving');
    expect(await heldBack('weekly', NOW)).toBeUndefined();
  });

  test('the stage is paused - every workload is', async () => {
    await holdBack(undefined, { ...word, act: 'pause' });
    expect(await heldBack('nightly', NOW)).toBe('the stage is paused by ana: moving');
    expect(await heldBack('weekly', NOW)).toBe('the stage is paused by ana: moving');
  });

  test('skipped until a time - held until then, and free from then on, whatever offset it is written in', async () => {
    await holdBack('nightly', { ...word, act: 'skip', until: UNTIL });
    expect(await heldBack('nightly', Date.parse(UNTIL) - 1)).toBe(`skipped by ana until ${UNTIL}: moving`);
    expect(await heldBack('nightly', Date.parse(UNTIL))).toBeUndefined();
  });

  test('the stage’s word is over, the workload’s is not - held', async () => {
    await holdBack(undefined, { ...word, act: 'pause', until: '2026-11-01T12:00:00Z' });
    await holdBack('nightly', { ...word, act: 'pause' });
    expect(await heldBack('nightly', NOW)).toBe('paused by ana: moving');
    expect(await heldBack('weekly', NOW)).toBeUndefined();
  });

  test('a pause after a skip - replaces it: it has no end any more', async () => {
    await holdBack('nightly', { ...word, act: 'skip', until: UNTIL });
    await holdBack('nightly', { ...word, act: 'pause' });
    expect(await heldBack('nightly', Date.parse(UNTIL) + 1)).toBe('paused by ana: moving');
  });
});

describe('letGo', () => {
  test('the workload is resumed while the stage is paused - still held by the stage', async () => {
    await holdBack(undefined, { ...word, act: 'pause' });
    await holdBack('nightly', { ...word, act: 'pause' });
    await letGo('nightly');
    expect(await heldBack('nightly', NOW)).toMatch(/^the stage is paused/);
    await letGo(undefined);
    expect(await heldBack('nightly', NOW)).toBeUndefined();
  });
});

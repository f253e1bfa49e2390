import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-02T00:58:00Z');
const database = await startDatabase();
const { getWatch, minutesBetween, putMinute, putWatch } = await import('../../../shared/state/health.ts');
const { downtimesBetween, hoursBetween, putDowntime, putHour } = await import('../../../shared/state/uptime.ts');
const { heartbeats, putHeartbeat } = await import('../../../shared/state/heartbeats.ts');

afterAll(() => database.stop());

describe('minutes', () => {
  const minute = (index: number) => ({ at: START + index * MINUTE, results: { web: { front: 'o80' } }, held: {} });
  beforeAll(async () => {
    for (const index of [0, 1, 2, 3]) await putMinute(minute(index));
  });

  test('one that is there - is not written again', async () => {
    expect(await putMinute({ ...minute(0), results: {} })).toBe(false);
    expect(await minutesBetween(START, START + MINUTE)).toMatchObject([minute(0)]);
  });

  test('those of an hour - from its first to its last, without that of the next', async () => {
    const found = await minutesBetween(START, START + 2 * MINUTE);
    expect(found.map(({ at }) => (at - START) / MINUTE)).toEqual([0, 1]);
  });

  test('they are forgotten after a week', async () => {
    const [found] = await minutesBetween(START, START + MINUTE);
    expect(found).toMatchObject({ expiresAt: START / 1000 + 7 * 86_400 });
  });
});

describe('what is known', () => {
  test('nothing yet - nothing', async () => {
    expect(await getWatch()).toEqual({ services: {}, version: 0 });
  });

  test('two that write at once - the second is refused', async () => {
    const streak = { failures: 2, failingSince: START, openings: [], unseen: 0 };
    await putWatch({ at: START, services: { web: { front: streak } } }, 0);
    await expect(putWatch({ at: START, services: {} }, 0)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect(await getWatch()).toEqual({ at: START, services: { web: { front: streak } }, version: 1 });
  });
});

describe('figures', () => {
  const downtime = (minutes: number) => ({ check: 'front', problem: 'answers 500', from: START + minutes * MINUTE });

  test('a downtime - is completed when it ends', async () => {
    await putDowntime('web', downtime(0));
    await putDowntime('web', { ...downtime(0), to: START + 5 * MINUTE });
    await putDowntime('web', downtime(60));
    await putDowntime('other', downtime(0));
    expect(await downtimesBetween('web', START, START + 60 * MINUTE)).toMatchObject([
      { ...downtime(0), to: START + 5 * MINUTE },
    ]);
  });

  test('hours - in their order, each written in the place of what was there', async () => {
    for (const hour of ['2026-11-02T01', '2026-11-02T00', '2026-11-02T01']) await putHour('web', { hour, checks: {} });
    const found = await hoursBetween('web', START, START + 3_600_000);
    expect(found.map(({ hour }) => hour)).toEqual(['2026-11-02T00', '2026-11-02T01']);
  });

  test('an hour that begins at the end - is not of it', async () => {
    const found = await hoursBetween('web', START, Date.parse('2026-11-02T01:00:00Z'));
    expect(found.map(({ hour }) => hour)).toEqual(['2026-11-02T00']);
  });
});

test('heartbeats - the last of each', async () => {
  expect(await heartbeats()).toEqual(new Map());
  await putHeartbeat('web', START);
  await putHeartbeat('web', START + MINUTE);
  await putHeartbeat('server', START);
  expect(await heartbeats()).toEqual(
    new Map([
      ['web', START + MINUTE],
      ['server', START],
    ]),
  );
});

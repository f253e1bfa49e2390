import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { endKeep, heldBack, isEmergency, kept, letGo, overridesOf, putOverride } = await import(
  '../../../shared/state/overrides.ts'
);
const { openItems } = await import('../../../shared/state/open.ts');
const { table } = await import('../../../shared/state/table.ts');
const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');

/** What the sweeper learns of keeps. */
const keeps = async (name: string) => (await openItems()).keeps.filter(({ workload = name }) => workload === name);
const items = async () => (await table.send(new ScanCommand({ TableName: 'state' }))).Items ?? [];

beforeEach(async () => {
  for (const { pk, sk } of await items()) await table.send(new DeleteCommand({ TableName: 'state', Key: { pk, sk } }));
});
afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');
const UNTIL = '2026-11-03T09:00:00+09:00';
const OVER = '2026-11-01T12:00:00Z';
const WEEK_SECONDS = 7 * 24 * 3600;
const BEN = { by: 'ben', now: NOW };
const word = { by: 'ana', why: 'moving', at: '2026-11-01T00:00:00Z' };

describe('heldBack', () => {
  test('nobody said anything - undefined', async () => {
    expect(await heldBack('nightly', NOW)).toBeUndefined();
  });

  test('the workload is paused - who, and why; another workload is not', async () => {
    await putOverride('nightly', { ...word, act: 'pause' });
    expect(await heldBack('nightly', NOW)).toBe('paused by ana: moving');
    expect(await heldBack('weekly', NOW)).toBeUndefined();
  });

  test('the stage is paused - every workload is', async () => {
    await putOverride(undefined, { ...word, act: 'pause' });
    expect(await heldBack('nightly', NOW)).toBe('the stage is paused by ana: moving');
    expect(await heldBack('weekly', NOW)).toBe('the stage is paused by ana: moving');
  });

  test('paused until a time - with its end, and over then', async () => {
    await putOverride('nightly', { ...word, act: 'pause', until: UNTIL });
    expect(await heldBack('nightly', NOW)).toBe(`paused by ana until ${UNTIL}: moving`);
    expect(await heldBack('nightly', Date.parse(UNTIL))).toBeUndefined();
  });

  test('skipped until a time - held until then, and free from then on, whatever offset it is written in', async () => {
    await putOverride('nightly', { ...word, act: 'skip', until: UNTIL });
    expect(await heldBack('nightly', Date.parse(UNTIL) - 1)).toBe(`skipped by ana until ${UNTIL}: moving`);
    expect(await heldBack('nightly', Date.parse(UNTIL))).toBeUndefined();
  });

  test('the stage’s word is over, the workload’s is not - held', async () => {
    await putOverride(undefined, { ...word, act: 'pause', until: OVER });
    await putOverride('nightly', { ...word, act: 'pause' });
    expect(await heldBack('nightly', NOW)).toBe('paused by ana: moving');
    expect(await heldBack('weekly', NOW)).toBeUndefined();
  });

  test('a pause after a skip - replaces it: it has no end any more', async () => {
    await putOverride('nightly', { ...word, act: 'skip', until: UNTIL });
    await putOverride('nightly', { ...word, act: 'pause' });
    expect(await heldBack('nightly', Date.parse(UNTIL) + 1)).toBe('paused by ana: moving');
  });

  test('kept - may start all the same', async () => {
    await putOverride('nightly', { ...word, act: 'keep', until: UNTIL });
    await putOverride(undefined, { ...word, act: 'keep', until: UNTIL });
    expect(await heldBack('nightly', NOW)).toBeUndefined();
  });
});

describe('kept, and what is open', () => {
  test('nobody keeps it - undefined, and no keeps', async () => {
    expect(await kept('chat-app', NOW)).toBeUndefined();
    expect(await keeps('chat-app')).toEqual([]);
  });

  test('kept until a time - who, until and why; another workload is not, and from then on nobody', async () => {
    await putOverride('chat-app', { ...word, act: 'keep', until: UNTIL });
    expect(await kept('chat-app', Date.parse(UNTIL) - 1)).toBe(`kept by ana until ${UNTIL}: moving`);
    expect(await kept('chat-app', Date.parse(UNTIL))).toBeUndefined();
    expect(await kept('other', NOW)).toBeUndefined();
  });

  test('the stage is kept - every workload is', async () => {
    await putOverride(undefined, { ...word, act: 'keep', until: UNTIL });
    for (const workload of ['chat-app', 'other'])
      expect(await kept(workload, NOW)).toBe(`kept by ana until ${UNTIL}: moving`);
  });

  test('its own keep is over, the stage’s is not - kept', async () => {
    await putOverride('chat-app', { ...word, act: 'keep', until: OVER });
    await putOverride(undefined, { ...word, by: 'ben', act: 'keep', until: UNTIL });
    expect(await kept('chat-app', NOW)).toMatch(/^kept by ben/);
  });

  test('paused or skipped - stopped all the same', async () => {
    await putOverride('chat-app', { ...word, act: 'pause' });
    await putOverride(undefined, { ...word, act: 'skip', until: UNTIL });
    expect(await kept('chat-app', NOW)).toBeUndefined();
  });

  test('keeps that are over - told, since their end is an edge, and kept for a week after it', async () => {
    await putOverride(undefined, { ...word, act: 'keep', until: UNTIL });
    await putOverride('chat-app', { ...word, act: 'keep', until: OVER });
    expect((await keeps('chat-app')).map(({ until }) => until).sort()).toEqual([UNTIL, OVER].sort());
    expect((await keeps('other')).map(({ until }) => until)).toEqual([UNTIL]);
    expect((await items()).map(({ expiresAt }) => expiresAt).sort()).toEqual(
      [OVER, UNTIL].map((until) => Date.parse(until) / 1000 + WEEK_SECONDS),
    );
  });
});

describe('a keep and a pause of one workload', () => {
  test('said after each other - both hold: nothing starts, nothing stops', async () => {
    await putOverride('chat-app', { ...word, act: 'keep', until: UNTIL });
    await putOverride('chat-app', { ...word, act: 'pause' });
    expect(await heldBack('chat-app', NOW)).toMatch(/^paused/);
    expect(await kept('chat-app', NOW)).toMatch(/^kept/);
  });
});

describe('overridesOf', () => {
  test('on a workload and on the stage - each its own, only those that hold', async () => {
    await putOverride('chat-app', { ...word, act: 'pause' });
    await putOverride('chat-app', { ...word, act: 'keep', until: UNTIL });
    await putOverride(undefined, { ...word, act: 'skip', until: UNTIL });
    await putOverride(undefined, { ...word, act: 'keep', until: OVER });
    expect((await overridesOf('chat-app', NOW)).map(({ act }) => act)).toEqual(['pause', 'keep']);
    expect(await overridesOf(undefined, NOW)).toEqual([
      expect.objectContaining({ ...word, act: 'skip', until: UNTIL }),
    ]);
    expect(await overridesOf('other', NOW)).toEqual([]);
  });

  test('a pause without an end - holds for ever, and its item never expires', async () => {
    await putOverride('chat-app', { ...word, act: 'pause' });
    expect(await overridesOf('chat-app', NOW + 1000 * WEEK_SECONDS * 1000)).toHaveLength(1);
    expect((await items())[0]).not.toHaveProperty('expiresAt');
  });
});

describe('letGo', () => {
  test('the workload is resumed while the stage is paused - still held by the stage', async () => {
    await putOverride(undefined, { ...word, act: 'pause' });
    await putOverride('nightly', { ...word, act: 'pause' });
    await letGo('nightly', BEN);
    expect(await heldBack('nightly', NOW)).toMatch(/^the stage is paused/);
    await letGo(undefined, BEN);
    expect(await heldBack('nightly', NOW)).toBeUndefined();
  });

  test('a kept workload - stays kept', async () => {
    await putOverride('chat-app', { ...word, act: 'keep', until: UNTIL });
    await letGo('chat-app', BEN);
    expect(await kept('chat-app', NOW)).toMatch(/^kept/);
  });
});

describe('an emergency stop', () => {
  const emergency = (secondsAgo: number, by = 'guard-cost') =>
    putOverride(undefined, {
      act: 'pause',
      emergency: true,
      by,
      why: '$51',
      at: new Date(NOW - secondsAgo * 1000).toISOString(),
    });

  test('holds back every workload, like a pause, until somebody resumes', async () => {
    expect(await isEmergency()).toBe(false);
    await emergency(60);
    expect(await heldBack('nightly', NOW)).toBe('the stage is paused by guard-cost: $51');
    expect(await isEmergency()).toBe(true);
    expect(await letGo(undefined, BEN)).toBeUndefined();
    expect(await isEmergency()).toBe(false);
  });

  test.each<[string, number, string, boolean]>([
    ['begun by somebody else in this moment', 1, 'guard-cost', true],
    ['begun by somebody else before', 6, 'guard-cost', false],
    ['begun by the same person in this moment', 1, 'ben', false],
  ])('%s - whether a resume loses against it', async (_, secondsAgo, by, stays) => {
    await emergency(secondsAgo, by);
    expect(await letGo(undefined, BEN)).toEqual(stays ? expect.objectContaining({ by, emergency: true }) : undefined);
    expect(await isEmergency()).toBe(stays);
  });

  test('a pause or a skip of the stage meanwhile - refused: its end would be the end of the emergency', async () => {
    await emergency(60);
    await expect(putOverride(undefined, { ...word, act: 'skip', until: UNTIL })).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('emergency'),
    });
    expect(await isEmergency()).toBe(true);
  });

  test('while the stage is paused - takes its place', async () => {
    await putOverride(undefined, { ...word, act: 'pause', until: UNTIL });
    await emergency(1);
    expect(await overridesOf(undefined, NOW)).toEqual([expect.not.objectContaining({ until: UNTIL })]);
  });
});

describe('endKeep', () => {
  test('a keep that holds - over from now on, with this instant as its edge, for a week', async () => {
    await putOverride('chat-app', { ...word, act: 'keep', until: UNTIL });
    await endKeep('chat-app', NOW + 250);
    expect(await kept('chat-app', NOW + 250)).toBeUndefined();
    expect(await keeps('chat-app')).toEqual([
      expect.objectContaining({
        ...word,
        act: 'keep',
        until: new Date(NOW + 250).toISOString(),
        expiresAt: NOW / 1000 + WEEK_SECONDS,
      }),
    ]);
  });

  test('a keep that was over - keeps its own edge, in whatever offset it is written', async () => {
    const until = '2026-11-02T08:59:59+09:00';
    await putOverride('chat-app', { ...word, act: 'keep', until });
    await endKeep('chat-app', NOW);
    expect((await keeps('chat-app'))[0]?.until).toBe(until);
  });

  test('none - none is made', async () => {
    await endKeep('chat-app', NOW);
    await endKeep(undefined, NOW);
    expect(await items()).toEqual([]);
  });

  test('of a workload - the stage’s holds on; and the other way round', async () => {
    await putOverride('chat-app', { ...word, act: 'keep', until: UNTIL });
    await putOverride(undefined, { ...word, by: 'ben', act: 'keep', until: UNTIL });
    await endKeep('chat-app', NOW);
    expect(await kept('chat-app', NOW)).toMatch(/^kept by ben/);
    await endKeep(undefined, NOW);
    expect(await kept('chat-app', NOW)).toBeUndefined();
  });

  test('the table is not there - the error gets through', async () => {
    process.env['STATE_TABLE'] = 'elsewhere';
    try {
      await expect(endKeep('chat-app', NOW)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    } finally {
      process.env['STATE_TABLE'] = 'state';
    }
  });
});

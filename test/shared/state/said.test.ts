import { afterAll, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { once } = await import('../../../shared/state/said.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');

/** Something that is done, and how often. */
function deed() {
  let times = 0;
  return {
    act: async () => {
      times++;
    },
    times: () => times,
  };
}

/** An attempt that begins and neither succeeds nor fails until it is let. */
async function begin(id: string) {
  let finish = () => {};
  const pending = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const attempt = once(
    id,
    async () => {
      begun();
      await pending;
    },
    NOW,
  );
  await started;
  return { finish, attempt };
}

describe('once', () => {
  test('asked three times - done once, and the later ones are content', async () => {
    const { act, times } = deed();
    for (const later of [0, 1000, 3_600_000]) await once('thrice', act, NOW + later);
    expect(times()).toBe(1);
  });

  test('other ids - done each', async () => {
    const { act, times } = deed();
    await once('chat one', act, NOW);
    await once('chat two', act, NOW);
    expect(times()).toBe(2);
  });

  test('it failed - the error gets through, and the next attempt is made at once', async () => {
    const { act, times } = deed();
    const failing = async () => {
      throw new Error('429');
    };
    await expect(once('failing', failing, NOW)).rejects.toThrow('429');
    await once('failing', act, NOW);
    await once('failing', act, NOW);
    expect(times()).toBe(1);
  });

  test('another attempt is under way - ChannelUnavailable, so that the message stays in the queue', async () => {
    const { act, times } = deed();
    const { finish, attempt } = await begin('under way');
    await expect(once('under way', act, NOW + 30_000)).rejects.toMatchObject({ name: 'ChannelUnavailable' });
    finish();
    await attempt;
    await once('under way', act, NOW + 31_000);
    expect(times()).toBe(0);
  });

  test('the attempt’s function died - made again after a minute, not before', async () => {
    const { act, times } = deed();
    const { finish, attempt } = await begin('dead');
    await expect(once('dead', act, NOW + 60_000)).rejects.toMatchObject({ name: 'ChannelUnavailable' });
    await once('dead', act, NOW + 61_000);
    expect(times()).toBe(1);
    finish();
    await attempt;
  });

  test('twenty at once - done once, nineteen are told to come again', async () => {
    const { act, times } = deed();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => once('race', act, NOW)));
    expect(times()).toBe(1);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.name] : []));
    expect(refused.filter((name) => name !== 'ChannelUnavailable')).toEqual([]);
  });
});

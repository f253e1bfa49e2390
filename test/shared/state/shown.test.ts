import { afterAll, describe, expect, test } from '@jest/globals';
import type { Shown } from '../../../shared/threads/show.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { showOnce } = await import('../../../shared/state/shown.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');
const of = (thread: string) => ({ workload: 'nightly', thread, channel: 'chat' });

const state = (revision: number): Shown => ({
  ...{ openedAt: NOW, revision, state: 'open', severity: 'warning', postedAt: NOW, because: [] },
});

/** A channel that is shown a revision once. */
function channel(revision = 1) {
  let times = 0;
  const plan = (before: Shown | undefined) =>
    before && before.revision >= revision
      ? undefined
      : async () => {
          times++;
          return state(revision);
        };
  return { plan, times: () => times };
}

/** An attempt that begins and neither succeeds nor fails until it is let. */
async function begin(thread: string) {
  let finish = () => {};
  const pending = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const plan = () => async () => {
    begun();
    await pending;
    return state(1);
  };
  const attempt = showOnce(of(thread), plan, NOW);
  await started;
  return { finish, attempt };
}

describe('showOnce', () => {
  test('asked three times - shown once, and what was shown is told the later ones', async () => {
    const { plan, times } = channel();
    for (const later of [0, 1000, 3_600_000]) await showOnce(of('thrice'), plan, NOW + later);
    expect(times()).toBe(1);
  });

  test('a later revision, another thread, another channel - shown each', async () => {
    const { plan, times } = channel();
    await showOnce(of('one'), plan, NOW);
    await showOnce(of('two'), plan, NOW);
    await showOnce({ ...of('one'), channel: 'team' }, plan, NOW);
    expect(times()).toBe(3);
    const second = channel(2);
    await showOnce(of('one'), second.plan, NOW);
    expect(second.times()).toBe(1);
  });

  test('it failed - the error gets through, and the next attempt is made at once', async () => {
    const { plan, times } = channel();
    const failing = () => async () => {
      throw new Error('429');
    };
    await expect(showOnce(of('failing'), failing, NOW)).rejects.toThrow('429');
    await showOnce(of('failing'), plan, NOW);
    await showOnce(of('failing'), plan, NOW);
    expect(times()).toBe(1);
  });

  test('another attempt is under way - ChannelUnavailable, so that the signal stays in the queue', async () => {
    const { plan, times } = channel();
    const { finish, attempt } = await begin('under way');
    await expect(showOnce(of('under way'), plan, NOW + 30_000)).rejects.toMatchObject({ name: 'ChannelUnavailable' });
    finish();
    await attempt;
    await showOnce(of('under way'), plan, NOW + 31_000);
    expect(times()).toBe(0);
  });

  test('the attempt’s function died - made again after a minute, not before', async () => {
    const { plan, times } = channel();
    const { finish, attempt } = await begin('dead');
    await expect(showOnce(of('dead'), plan, NOW + 59_000)).rejects.toMatchObject({ name: 'ChannelUnavailable' });
    await showOnce(of('dead'), plan, NOW + 61_000);
    expect(times()).toBe(1);
    finish();
    // It comes too late to say anything of the thread.
    await expect(attempt).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });

  test('twenty at once - shown once, the others are told to come again', async () => {
    const { plan, times } = channel();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => showOnce(of('race'), plan, NOW)));
    expect(times()).toBe(1);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.name] : []));
    expect(refused.filter((name) => name !== 'ChannelUnavailable')).toEqual([]);
  });
});

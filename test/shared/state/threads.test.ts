import { afterAll, describe, expect, test } from '@jest/globals';
import { fold } from '../../../functions/route-notices/fold.ts';
import { aNotice } from '../builders.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { changeThread, getThread, openThreads } = await import('../../../shared/state/threads.ts');
const { countOpening } = await import('../../../shared/state/openings.ts');
const { takeTurn } = await import('../../../shared/state/turns.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');
const HOUR = 3_600_000;

const say = (cause: string, id: string, more: object = {}) =>
  changeThread('nightly', `cause ${cause}`, (known) =>
    fold(known, aNotice({ id, cause, state: 'open', ...more }), NOW, HOUR),
  );

describe('changeThread', () => {
  test('nothing to write - nothing is written', async () => {
    expect(await changeThread('nightly', 'cause none', () => undefined)).toBeUndefined();
    expect(await getThread('nightly', 'cause none')).toBeUndefined();
  });

  test('six at once - none is lost', async () => {
    await Promise.all(['1', '2', '3', '4', '5', '6'].map((id) => say('race', id)));
    expect(await getThread('nightly', 'cause race')).toMatchObject({ count: 6, revision: 6 });
  });

  test('open and over - found while it is open, not afterwards', async () => {
    await say('found', '1');
    const causes = async () => (await openThreads()).map(({ thread }) => thread);
    expect(await causes()).toContain('cause found');
    await say('found', '2', { state: 'resolved', at: '2026-11-02T09:00:00+09:00' });
    expect(await causes()).not.toContain('cause found');
    expect(await getThread('nightly', 'cause found')).toMatchObject({ state: 'resolved' });
  });

  test('ten thousand of one cause - the item stays small', async () => {
    let thread = fold(undefined, aNotice({ id: '0', cause: 'storm', state: 'open' }), NOW, HOUR);
    for (let id = 1; id < 10_000; id++)
      thread = fold(thread, aNotice({ id: `a long id of a notice ${id}`, cause: 'storm', state: 'open' }), NOW, HOUR);
    expect(thread).toMatchObject({ count: 10_000, dropped: 9989 });
    expect(JSON.stringify(thread).length).toBeLessThan(8000);
  });
});

describe('countOpening', () => {
  test('in one minute - counts; in the next - what the one before had still counts', async () => {
    for (let count = 1; count <= 3; count++) expect(await countOpening(NOW)).toBe(count);
    expect(await countOpening(NOW + 60_000)).toBe(3);
    expect(await countOpening(NOW + 120_000)).toBe(1);
  });
});

describe('takeTurn', () => {
  test('as many as a minute has, and one more - ChannelUnavailable until the first is a minute old', async () => {
    for (let turn = 0; turn < 30; turn++) await takeTurn('chat', 30, NOW + turn * 1000);
    await expect(takeTurn('chat', 30, NOW + 59_999)).rejects.toMatchObject({ name: 'ChannelUnavailable' });
    await takeTurn('team', 30, NOW + 59_999);
    await takeTurn('chat', 30, NOW + 60_000);
    await expect(takeTurn('chat', 30, NOW + 60_500)).rejects.toMatchObject({ name: 'ChannelUnavailable' });
  });

  test('two at once for the last turn - one gets it', async () => {
    await takeTurn('phone', 2, NOW);
    const results = await Promise.allSettled([takeTurn('phone', 2, NOW), takeTurn('phone', 2, NOW)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

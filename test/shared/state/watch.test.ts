import { afterAll, describe, expect, test } from '@jest/globals';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { seenAt, seenSince, setWatchedUntil, watchedUntil } = await import('../../../shared/state/watch.ts');
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

describe('seenSince', () => {
  const [FIRST, SECOND, THIRD] = [1_793_559_605_000, 1_793_560_205_000, 1_793_560_805_000] as const;

  test('a workload is named, and another one later - each since it was first seen', async () => {
    expect(await seenSince(['chat-app'], FIRST)).toEqual({ 'chat-app': FIRST });
    expect(await seenSince(['chat-app', 'docs'], SECOND)).toEqual({ 'chat-app': FIRST, docs: SECOND });
    expect(await seenSince(['docs', 'chat-app'], THIRD)).toEqual({ 'chat-app': FIRST, docs: SECOND });
    expect([await seenAt('docs'), await seenAt('new')]).toEqual([SECOND, undefined]);
  });

  test('one is taken out and named again - new again', async () => {
    expect(await seenSince(['chat-app'], THIRD)).toEqual({ 'chat-app': FIRST });
    expect(await seenSince(['chat-app', 'docs'], THIRD + 1)).toEqual({ 'chat-app': FIRST, docs: THIRD + 1 });
  });

  test('nothing has changed - nothing is written', async () => {
    const written: string[] = [];
    table.middlewareStack.add(
      (next, context) => (args) => {
        written.push(String(context['commandName']));
        return next(args);
      },
      { step: 'initialize', name: 'watch' },
    );
    await seenSince(['chat-app', 'docs'], THIRD + 2);
    expect(written.filter((name) => name.startsWith('Put'))).toEqual([]);
    await seenSince(['chat-app'], THIRD + 3);
    table.middlewareStack.remove('watch');
    expect(written.filter((name) => name.startsWith('Put'))).toHaveLength(1);
  });

  test('the watermark of starts - another item', async () => {
    const before = await watchedUntil();
    await seenSince(['new'], THIRD + 4);
    expect(await watchedUntil()).toBe(before);
  });
});

import { describe, expect, test } from '@jest/globals';
import { checkOverride } from '../../../functions/check-override/handler.ts';
import { DEADLINE } from '../../shared/builders.ts';

const WORD = 'kept by ana until 2026-11-02T22:00:00+09:00: looking at it';

/** A table in which somebody keeps `nightly`, or nobody does; how often it was asked. */
function world(now: number, word: string | undefined) {
  const asked: unknown[] = [];
  const kept = async (...question: unknown[]) => {
    asked.push(question);
    return word;
  };
  return { asked, effects: { kept, now: () => now } };
}

const event = { workload: 'nightly', deadlineAt: DEADLINE };
const deadline = Date.parse(DEADLINE);

describe('checkOverride', () => {
  test('nobody keeps it - goes on', async () => {
    const { asked, effects } = world(deadline - 1, undefined);
    expect(await checkOverride(event, effects)).toEqual({ isKept: false });
    expect(asked).toEqual([['nightly', deadline - 1]]);
  });

  test('somebody keeps it - Kept with who, until when and why, and the machine asks again', async () => {
    await expect(checkOverride(event, world(deadline - 1, WORD).effects)).rejects.toMatchObject({
      name: 'Kept',
      message: WORD,
    });
  });

  test.each([0, 60_000])('%d ms after the deadline - not kept whatever anybody said (law 1)', async (late) => {
    expect(await checkOverride(event, world(deadline + late, WORD).effects)).toEqual({ isKept: false });
  });

  test('the table cannot be asked - the error gets through, and the machine stops the instance', async () => {
    const kept = async () => {
      throw new Error('throttled');
    };
    await expect(checkOverride(event, { kept, now: () => 0 })).rejects.toThrow('throttled');
  });
});

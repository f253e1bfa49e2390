import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { floorOf } from '../../../shared/queues/floor.ts';
import { gatesOf, type Held } from '../../../shared/queues/held.ts';
import { limitsOf, within } from '../../../shared/queues/limits.ts';
import type { Override } from '../../../shared/state/overrides.ts';
import { aQueue, aStage } from '../builders.ts';

const scaling = (rest: object) => ({ ...aQueue().scaling, ...rest }) as ReturnType<typeof aQueue>['scaling'];
const NONE = { floor: 0, isCapped: false, isKept: false, isBlind: false };

describe('limitsOf', () => {
  const queue = aQueue();

  test('nothing special - from none to all', () => {
    expect(limitsOf(queue, NONE)).toEqual({ min: 0, max: 50, inSuspended: false, outSuspended: false });
  });

  test('a floor - so many at least, but never more than the maximum of the moment', () => {
    expect(limitsOf(queue, { ...NONE, floor: 4 })).toMatchObject({ min: 4, max: 50 });
    expect(limitsOf(queue, { ...NONE, floor: 20, isCapped: true })).toMatchObject({ min: 10, max: 10 });
  });

  test('a runaway - its own maximum, unless that is the greater', () => {
    expect(limitsOf(queue, { ...NONE, isCapped: true })).toMatchObject({ max: 10 });
    expect(limitsOf(aQueue({ scaling: scaling({ max: 5 }) }), { ...NONE, isCapped: true })).toMatchObject({ max: 5 });
  });

  test.each(['paused', 'over-budget'] as const)('%s - nothing is started, not for a floor either', (held) => {
    expect(limitsOf(queue, { ...NONE, floor: 4, held })).toEqual({
      ...{ min: 0, max: 50, inSuspended: false, outSuspended: true },
    });
  });

  test('kept - nothing is taken away; an emergency takes all', () => {
    expect(limitsOf(queue, { ...NONE, isKept: true })).toMatchObject({ inSuspended: true, outSuspended: false });
    expect(limitsOf(queue, { ...NONE, floor: 4, isKept: true, held: 'emergency' })).toEqual({
      ...{ min: 0, max: 0, inSuspended: false, outSuspended: false },
    });
  });

  test('nobody knows how the queue is - nothing is taken away; more may come', () => {
    expect(limitsOf(queue, { ...NONE, isBlind: true })).toEqual({
      ...{ min: 0, max: 50, inSuspended: true, outSuspended: false },
    });
    expect(limitsOf(queue, { ...NONE, isBlind: true, held: 'emergency' })).toMatchObject({
      max: 0,
      inSuspended: false,
    });
  });

  test('whatever holds - none ≤ min ≤ max ≤ all; held back, none has to be', () => {
    const held = fc.constantFrom<Held | undefined>(undefined, 'emergency', 'paused', 'over-budget');
    fc.assert(
      fc.property(fc.nat(60), fc.boolean(), fc.boolean(), held, (floor, isCapped, isKept, by) => {
        const limits = limitsOf(queue, { ...NONE, floor, isCapped, isKept, ...(by && { held: by }) });
        expect(limits.min).toBeGreaterThanOrEqual(0);
        expect(limits.max).toBeGreaterThanOrEqual(limits.min);
        expect(limits.max).toBeLessThanOrEqual(50);
        if (by) expect([limits.min, limits.outSuspended || limits.max === 0]).toEqual([0, true]);
        expect(within(limits, 30)).toBe(Math.min(limits.max, Math.max(limits.min, 30)));
      }),
    );
  });
});

describe('floorOf', () => {
  const { calendar } = aStage({ calendar: { closed: { '2026-11-03': 'a holiday' }, open: [], until: '2028-12-31' } });
  const queue = aQueue({
    scaling: scaling({
      min: 1,
      floor: [
        { days: 'weekdays', from: '09:00', to: '18:00', workers: 2 },
        { days: 'every-day', from: '12:00', to: '13:00', workers: 5 },
      ],
    }),
  });
  test.each([
    ['2026-11-02T08:59+09:00', 1],
    ['2026-11-02T09:00+09:00', 2],
    ['2026-11-02T12:30+09:00', 5],
    ['2026-11-02T18:00+09:00', 1],
    ['2026-11-03T10:00+09:00', 1],
    ['2026-11-07T12:30+09:00', 5],
  ])('%s - %d', (at, workers) => {
    expect(floorOf(queue, calendar, Date.parse(at))).toBe(workers);
  });
});

describe('gatesOf', () => {
  const word = (act: Override['act'], rest: Partial<Override> = {}): Override => ({
    ...{ act, by: 'kim', why: 'x', at: '2026-11-02T00:00:00Z', ...rest },
  });
  const gate = { day: '2026-11-02', until: '2026-11-03T00:00:00+09:00', usd: 21, limit: 20 };

  test('nothing said - open', () => {
    expect(gatesOf({ words: [] }, { words: [] })).toEqual({ isKept: false });
  });

  test.each(['pause', 'skip'] as const)('%s of the queue or of the stage - paused', (act) => {
    expect(gatesOf({ words: [] }, { words: [word(act)] })).toEqual({ held: 'paused', isKept: false });
    expect(gatesOf({ words: [word(act)] }, { words: [] })).toEqual({ held: 'paused', isKept: false });
  });

  test('an emergency - before every other word', () => {
    const emergency = word('pause', { emergency: true });
    expect(gatesOf({ words: [emergency] }, { words: [word('keep'), word('pause')] })).toEqual({
      ...{ held: 'emergency', isKept: false },
    });
  });

  test('over the budget of the stage or its own - held; kept - kept', () => {
    expect(gatesOf({ words: [], budget: gate }, { words: [] })).toMatchObject({ held: 'over-budget' });
    expect(gatesOf({ words: [] }, { words: [word('keep')], budget: gate })).toEqual({
      ...{ held: 'over-budget', isKept: true },
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Steps } from '../../../shared/pipeline/graph.ts';
import { inOneLine, type Part, partOf } from '../../../shared/pipeline/series-parallel.ts';
import { anySteps, COLLECTION, INDICATORS, knottedSteps, plainSteps, stepsFrom } from './graphs.ts';

/** Begins a part, and each step in it when the part says so. @returns when its last step has ended */
function begin(part: Part, at: number, ended: (step: string) => number, begun: Record<string, number>): number {
  if (part.kind === 'await') return Math.max(at, ...part.needs.map(ended));
  if (part.kind === 'series') return part.parts.reduce((now, inner) => begin(inner, now, ended, begun), at);
  if (part.kind === 'parallel') return Math.max(...part.parts.map((inner) => begin(inner, at, ended, begun)));
  if (part.name in begun) throw new Error(`${part.name} is there twice`);
  begun[part.name] = at;
  return ended(part.name);
}

/** When each step begins that begins as soon as its needs have ended. */
function due(steps: Steps, takes: Iterator<number>) {
  const lengths = Object.fromEntries(Object.keys(steps).map((name) => [name, Number(takes.next().value)]));
  const known = new Map<string, number>();
  const start = (name: string): number => {
    const at = known.get(name) ?? Math.max(0, ...(steps[name]?.needs ?? []).map(end));
    known.set(name, at);
    return at;
  };
  const end = (name: string): number => start(name) + (lengths[name] ?? 0);
  return { starts: Object.fromEntries(Object.keys(steps).map((name) => [name, start(name)])), end };
}

const parts = (part: Part): Part[] => [part, ...('parts' in part ? part.parts.flatMap(parts) : [])];

describe('steps in series and side by side', () => {
  test.each([
    ['a', 'a'],
    ['a, b', '(a | b)'],
    ['b: a, a', 'a → b'],
    ['a, b: a, c: a b', 'a → b → c'],
    ['a, b: a, c: a, d: b c', 'a → (b | c) → d'],
    ['a, b, c: a b, d: a b', '(a | b) → (c | d)'],
    ['a, b: a, x, y: x', '(a → b | x → y)'],
    ['a, b: a, c: a, d: b, e: c d', 'a → (b → d | c) → e'],
    // Tangles: an N, one with a diamond in it, one before and one after others, and two chains that meet twice.
    ['a, b, c: a, d: a b', '(a → c | b → [a] → d)'],
    ['a, b, c1: a, c2: c1, c3: c1, c4: c2 c3, d: a b', '(a → c1 → (c2 | c3) → c4 | b → [a] → d)'],
    ['o, a: o, b: o, c: a, d: a b, z: c d', 'o → (a → c | b → [a] → d) → z'],
    ['a1, a2: a1, a3: a2, b1, b2: b1 a1, b3: b2 a2', '(a1 → a2 → a3 | b1 → [a1] → b2 → [a2] → b3)'],
    ['a, b, c, d: a b, e: b c', '(a → [b] → d | b → [c] → e | c)'],
    // As few chains as can be: what took the only place of another moves; who finds none begins one with a wait.
    ['a, b, c: a b, d: a', '(a → d | b → [a] → c)'],
    ['a, b, c: a, d: b, e: a b', '(a → c | b → d | [a, b] → e)'],
  ])('%s - %s', (text, line) => {
    expect(inOneLine(partOf(stepsFrom(text)))).toBe(line);
  });

  test('the pipelines of the source', () => {
    expect(inOneLine(partOf(COLLECTION))).toBe('check → (kospi | kosdaq | indices) → save → log');
    expect(inOneLine(partOf(INDICATORS))).toBe(
      'check → (prices-kospi | prices-kosdaq) → (rsi | macd | sma | bollinger) → save → log',
    );
  });

  test('any steps - each begins once, when the last of its needs has ended', () => {
    const any = fc.record({
      steps: fc.oneof(anySteps(60), plainSteps, knottedSteps),
      takes: fc.infiniteStream(fc.nat(9)),
    });
    fc.assert(
      fc.property(any, ({ steps, takes }) => {
        const { starts, end } = due(steps, takes);
        const begun: Record<string, number> = {};
        begin(partOf(steps), 0, end, begun);
        expect(begun).toEqual(starts);
      }),
      { numRuns: 100 },
    );
  });

  test('what is made of series and of steps side by side - waits for nothing', () => {
    fc.assert(
      fc.property(plainSteps, (steps) => {
        expect(parts(partOf(steps)).filter(({ kind }) => kind === 'await')).toEqual([]);
      }),
    );
  });

  test('a need that another need has anyway - changes nothing', () => {
    expect(partOf(stepsFrom('a, b: a, c: b a, d: c b a'))).toEqual(partOf(stepsFrom('a, b: a, c: b, d: c')));
  });
});

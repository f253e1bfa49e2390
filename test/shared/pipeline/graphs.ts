import fc from 'fast-check';
import type { Steps } from '../../../shared/pipeline/graph.ts';

/** Steps from a text such as `a, b, c: a b`. */
export function stepsFrom(text: string): Steps {
  return Object.fromEntries(
    text.split(', ').map((step) => {
      const [name = '', needs] = step.split(': ');
      return [name, { needs: needs?.split(' ') ?? [] }];
    }),
  );
}

/** The pipelines of the source: what collects prices after the exchange has closed, and what is reckoned from them. */
export const COLLECTION = stepsFrom(
  'check, kospi: check, kosdaq: check, indices: check, save: kospi kosdaq indices, log: save',
);
export const INDICATORS = stepsFrom(
  [
    'check, prices-kospi: check, prices-kosdaq: check',
    ...['rsi', 'macd', 'sma', 'bollinger'].map((name) => `${name}: prices-kospi prices-kosdaq`),
    'save: rsi macd sma bollinger, log: save',
  ].join(', '),
);

/** Any steps, the needs of each among those before it, in a stage file that has them in any order. */
export const anySteps = (most: number) =>
  fc
    .array(fc.tuple(fc.array(fc.nat(), { maxLength: 3 }), fc.nat()), { minLength: 1, maxLength: most, size: 'max' })
    .map((drawn) =>
      inFileOrder(
        drawn.map(([needs]) => needs),
        drawn.map(([, place]) => place),
      ),
    );

function inFileOrder(drawn: number[][], places: number[]): Steps {
  const steps = drawn.map((needs, index) => ({
    name: `s${index}`,
    needs: index === 0 ? [] : [...new Set(needs.map((need) => `s${need % index}`))],
    place: places[index] ?? 0,
  }));
  return Object.fromEntries(steps.sort((a, b) => a.place - b.place).map(({ name, needs }) => [name, { needs }]));
}

export type Shape = 'step' | { series: Shape[] } | { parallel: Shape[] } | { n: Shape[] };

const some = <T>(shape: fc.Arbitrary<T>, count: number) => fc.array(shape, { minLength: 2, maxLength: count });
const shapes = fc.letrec<{ plain: Shape; knotted: Shape }>((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant('step' as const),
    some(tie('plain'), 4).map((series) => ({ series })),
    some(tie('plain'), 5).map((parallel) => ({ parallel })),
  ),
  knotted: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant('step' as const),
    some(tie('knotted'), 3).map((series) => ({ series })),
    some(tie('knotted'), 3).map((parallel) => ({ parallel })),
    fc.array(tie('knotted'), { minLength: 4, maxLength: 4 }).map((n) => ({ n })),
  ),
}));

/** Diamonds, chains and what lies beside each other, within each other. */
export const plainSteps = shapes.plain.map(stepsOf).filter((steps) => Object.keys(steps).length <= 60);
/** The same with N among them. */
export const knottedSteps = shapes.knotted.map(stepsOf).filter((steps) => Object.keys(steps).length <= 60);

function stepsOf(shape: Shape): Steps {
  const steps: Record<string, { needs: string[] }> = {};
  /** @returns the last steps */
  const add = (part: Shape, needs: string[]): string[] => {
    if (part === 'step') {
      const name = `s${Object.keys(steps).length}`;
      steps[name] = { needs };
      return [name];
    }
    if ('series' in part) return part.series.reduce((before, next) => add(next, before), needs);
    if ('parallel' in part) return part.parallel.flatMap((next) => add(next, needs));
    const [a = 'step', b = 'step', c = 'step', d = 'step'] = part.n;
    const [left, right] = [add(a, needs), add(b, needs)];
    return [...add(c, left), ...add(d, [...left, ...right])];
  };
  add(shape, []);
  return steps;
}

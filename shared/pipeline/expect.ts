import { median } from '../cost/median.ts';
import type { Expectation, PipelineWorkload } from '../stage/compiled.ts';
import { because } from './reasons.ts';

/** From so many runs on, and of no more than the last so many, there is something usual. */
export const USUAL = { from: 5, of: 20 };

/** What was found against a step or a run, as reasons: with a failure it has failed, and of a warning people are told. */
export interface Judgement {
  failures: string[];
  warnings: string[];
}

type Numbers = Record<string, number>;

/**
 * Holds the numbers of a step to what is expected of them. What was not reported is not taken for good: it has failed
 * where some number of it would have.
 *
 * @param before the numbers of the step in the runs before in which it succeeded, newest first
 */
export function judgeNumbers(
  expect: Record<string, Expectation>,
  numbers: Numbers,
  before: readonly Numbers[] = [],
): Judgement {
  return joined(Object.entries(expect).map(([metric, expected]) => judged(metric, expected, numbers, before)));
}

/** Holds the time that a run took to its limits. */
export function judgeDuration(
  { warnSeconds = Number.POSITIVE_INFINITY, failSeconds = Number.POSITIVE_INFINITY }: PipelineWorkload['duration'],
  seconds: number,
): Judgement {
  if (seconds > failSeconds) return only('failures', because('tookLong', Math.round(seconds), failSeconds));
  if (seconds > warnSeconds) return only('warnings', because('tookLong', Math.round(seconds), warnSeconds));
  return NOTHING;
}

/** All that was found, as one. */
export function joined(judgements: readonly Judgement[]): Judgement {
  return {
    failures: judgements.flatMap(({ failures }) => failures),
    warnings: judgements.flatMap(({ warnings }) => warnings),
  };
}

/** The middle of a number of a step, or of its share of another, in the last runs; undefined of too few. */
export function usual(metric: string, { of }: Pick<Expectation, 'of'>, before: readonly Numbers[]): number | undefined {
  const known = before
    .map((numbers) => heldTo(metric, of, numbers))
    .filter((value) => value !== undefined)
    .slice(0, USUAL.of);
  return known.length < USUAL.from ? undefined : median(known);
}

function judged(metric: string, expected: Expectation, numbers: Numbers, before: readonly Numbers[]): Judgement {
  const { atLeast, failBelow, atMost, failAbove, of, nearMedian } = expected;
  const value = heldTo(metric, of, numbers);
  const canFail = failBelow !== undefined || failAbove !== undefined;
  if (value === undefined) return only(canFail ? 'failures' : 'warnings', unknown(metric, of, numbers));
  const told = [metric, plain(value), ...(of ? [of] : [])];
  const limits = [
    ['failures', 'below', failBelow],
    ['failures', 'above', failAbove],
    ['warnings', 'below', atLeast],
    ['warnings', 'above', atMost],
  ] as const;
  for (const [found, side, limit] of limits)
    if (limit !== undefined && (side === 'below' ? value < limit : value > limit))
      return only(found, because(of ? SHARES[side] : side, ...told, limit));
  const middle = usual(metric, expected, before);
  if (nearMedian === undefined || middle === undefined) return NOTHING;
  if (100 * Math.abs(value - middle) <= nearMedian * Math.abs(middle)) return NOTHING;
  return only('warnings', because(of ? 'shareUnusual' : 'unusual', ...told, plain(middle), nearMedian));
}

const SHARES = { below: 'shareBelow', above: 'shareAbove' } as const;

const NOTHING: Judgement = { failures: [], warnings: [] };

function only(found: keyof Judgement, reason: string): Judgement {
  return { ...NOTHING, [found]: [reason] };
}

/** What is held to the limits: a number, or its share of another in percent. */
function heldTo(metric: string, of: string | undefined, numbers: Numbers): number | undefined {
  const [value, whole] = [known(metric, numbers), of === undefined ? 100 : known(of, numbers)];
  if (value === undefined || !whole) return undefined;
  return of === undefined ? value : (100 * value) / whole;
}

function known(metric: string, numbers: Numbers): number | undefined {
  const value = Object.hasOwn(numbers, metric) ? numbers[metric] : undefined;
  return Number.isFinite(value) ? value : undefined;
}

function unknown(metric: string, of: string | undefined, numbers: Numbers): string {
  const missing = [metric, ...(of ? [of] : [])].find((name) => known(name, numbers) === undefined);
  return missing ? because('unreported', missing) : because('nothingOf', metric, of ?? '');
}

function plain(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

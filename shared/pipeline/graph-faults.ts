import { didYouMean, type Fault } from '../stage/faults.ts';
import type { Steps } from './graph.ts';

/** Names of states, which are made of those of steps, have 80 characters at most; one of them names two steps. */
export const LONGEST_STEP = 26;

/**
 * What is wrong with the needs and the names of steps.
 *
 * @param path where the stage file has the steps
 */
export function graphFaults(path: Fault['path'], steps: Steps): Fault[] {
  const names = Object.keys(steps);
  return [
    ...names.flatMap((name, index) => ofName([...path, name], name, names.slice(0, index))),
    ...names.flatMap((name) => ofNeeds([...path, name, 'needs'], name, steps)),
    ...ofCircles(path, steps),
  ];
}

function ofName(path: Fault['path'], name: string, earlier: string[]): Fault[] {
  const same = earlier.find((other) => other.toLowerCase() === name.toLowerCase());
  if (same !== undefined)
    return [
      {
        path,
        found: name,
        expected: `a name that differs from ${same} by more than capitals`,
        mend: 'rename one of the two',
      },
    ];
  if (name.length <= LONGEST_STEP) return [];
  return [
    {
      path,
      found: name,
      expected: `a name of at most ${LONGEST_STEP} characters`,
      mend: `shorten it by ${name.length - LONGEST_STEP}: AWS's names of states have room for 80, and some name two steps`,
    },
  ];
}

function ofNeeds(path: Fault['path'], name: string, steps: Steps): Fault[] {
  const needs = steps[name]?.needs ?? [];
  return needs.flatMap((need, index) => {
    const fault = (expected: string, mend: string) => [{ path: [...path, index], found: need, expected, mend }];
    if (need === name) return fault('other steps than itself', 'take it out');
    if (!Object.hasOwn(steps, need))
      return fault(
        'a step of this pipeline',
        didYouMean(
          need,
          Object.keys(steps).filter((other) => other !== name),
          'add the step, or take the need out',
        ),
      );
    return needs.indexOf(need) === index ? [] : fault('each need once', 'take one of the two out');
  });
}

/** Of steps that wait for each other, one circle. */
function ofCircles(path: Fault['path'], steps: Steps): Fault[] {
  const told = new Set<string>();
  return Object.keys(steps).flatMap((name) => {
    const [need, ...rest] = told.has(name) ? [] : circle(name, steps);
    if (need === undefined) return [];
    for (const other of Object.keys(steps))
      if (way(name, other, steps).length > 0 && way(other, name, steps).length > 0) told.add(other);
    const why = [need, ...rest].slice(0, -1).map((step, index) => `${step} needs ${rest[index]}`);
    return [
      {
        path: [...path, name, 'needs', steps[name]?.needs.indexOf(need) ?? 0],
        found: need,
        expected: `a step that can end before ${name} begins; ${why.join(', ')}`,
        mend: 'take one of these needs out',
      },
    ];
  });
}

/** A shortest way back to a step along needs, if it is longer than one. */
function circle(name: string, steps: Steps): string[] {
  const found = way(name, name, steps);
  return found.length > 1 ? found : [];
}

/** A shortest way from a step to what it needs, without where it begins; that a step needs itself is no way. */
function way(from: string, to: string, steps: Steps): string[] {
  const ways = new Map<string, string[]>([[from, []]]);
  for (const [step, taken] of ways)
    for (const need of Object.hasOwn(steps, step) ? (steps[step]?.needs ?? []) : []) {
      if (need === step) continue;
      if (need === to) return [...taken, need];
      if (!ways.has(need)) ways.set(need, [...taken, need]);
    }
  return [];
}

import { groups, type Order, orderOf, type Steps } from './graph.ts';
import { chainsOf, lastOf, unitsOf } from './tangle.ts';

/** Steps as a machine can run them: one after the other, side by side, and waits for what another branch does. */
export type Part =
  | { kind: 'step'; name: string }
  /** Until those have ended that the named step, and what lies beside it, needs from other branches. */
  | { kind: 'await'; needs: string[]; step: string }
  | { kind: 'series'; parts: Part[] }
  | { kind: 'parallel'; parts: Part[] };

/**
 * Steps in series and side by side, so that each begins as soon as the last of its needs has ended, and no earlier.
 *
 * Steps that nothing joins are side by side. Where each step of a first part has to end before each of the rest, that is
 * a sequence. What is neither is a tangle, of which N (`c` needs `a`, `d` needs `a` and `b`) is the smallest: its chains
 * are side by side and wait for each other.
 */
export function partOf(steps: Steps): Part {
  const order = orderOf(steps);
  return split(order.steps, order);
}

/** The first step of a part: one that nothing in it has to end before. */
export function firstOf(part: Part): string {
  if (part.kind === 'step') return part.name;
  if (part.kind === 'await') return part.step;
  return part.parts[0] ? firstOf(part.parts[0]) : '';
}

/** A part in one line: `check → (kospi | kosdaq) → save`; `[a]` waits for a step of another branch. */
export function inOneLine(part: Part): string {
  if (part.kind === 'step') return part.name;
  if (part.kind === 'await') return `[${part.needs.join(', ')}]`;
  if (part.kind === 'parallel') return `(${part.parts.map(inOneLine).join(' | ')})`;
  return part.parts.map(inOneLine).join(' → ');
}

function split(steps: string[], order: Order): Part {
  const [name = '', ...rest] = steps;
  if (rest.length === 0) return { kind: 'step', name };
  const areRelated = (one: string, other: string) => order.isBefore(one, other) || order.isBefore(other, one);
  const beside = groups(steps, areRelated);
  if (beside.length > 1) return { kind: 'parallel', parts: beside.map((group) => split(group, order)) };
  const successive = groups(steps, (one, other) => !areRelated(one, other));
  if (successive.length > 1) return series(successive.map((group) => split(group, order)));
  const chains = chainsOf(unitsOf(steps, order), order);
  return {
    kind: 'parallel',
    parts: chains.map((chain) => series(chain.flatMap((link) => awaited(link, order)))),
  };
}

/** What lies in one unit of a chain, after a wait for the units of other chains that it needs. */
function awaited({ unit, awaits }: { unit: string[]; awaits: string[][] }, order: Order): Part[] {
  const part = split(unit, order);
  const needs = awaits.flatMap((other) => lastOf(other, order));
  return needs.length > 0 ? [{ kind: 'await', needs, step: firstOf(part) }, part] : [part];
}

function series(parts: Part[]): Part {
  const flat = parts.flatMap((part) => (part.kind === 'series' ? part.parts : [part]));
  return flat.length === 1 && flat[0] ? flat[0] : { kind: 'series', parts: flat };
}

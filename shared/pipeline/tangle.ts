import { groups, type Order } from './graph.ts';

/**
 * The units of a tangle: the largest groups of its steps that all others see as one, since they come before, after or
 * beside all of it alike. So a chain or a diamond within a tangle is waited for and waits as a whole.
 */
export function unitsOf(steps: string[], order: Order): string[][] {
  return groups(steps, (one, other) => !spansAll(one, other, steps, order));
}

/** Whether nothing less than all steps is one to the others and has these two in it. */
function spansAll(one: string, other: string, steps: string[], order: Order): boolean {
  const unit = new Set([one, other]);
  // Who sees two members differently has to be in it too.
  for (const member of unit)
    for (const step of steps)
      if (!unit.has(step) && side(step, member, order) !== side(step, one, order)) unit.add(step);
  return unit.size === steps.length;
}

function side(step: string, member: string, { isBefore }: Order): number {
  return isBefore(step, member) ? -1 : isBefore(member, step) ? 1 : 0;
}

/** One link of a chain: what runs, and which units of other chains have to have ended before. */
export interface Link {
  unit: string[];
  awaits: string[][];
}

/** As few chains as units can be put into, each unit right behind one that it needs. */
export function chainsOf(units: string[][], order: Order): Link[][] {
  const direct = new Map(units.map((unit) => [unit, directNeeds(unit, units, order)]));
  const successor = new Map<string[], string[]>();
  for (const unit of units) place(unit, direct, successor, new Set());
  const follows = new Map([...successor].map(([unit, next]) => [next, unit]));
  return units
    .filter((unit) => !follows.has(unit))
    .map((head) => {
      const chain: Link[] = [];
      for (let unit: string[] | undefined = head; unit; unit = successor.get(unit)) {
        const behind = follows.get(unit);
        chain.push({ unit, awaits: (direct.get(unit) ?? []).filter((need) => need !== behind) });
      }
      return chain;
    });
}

/** The steps of a unit that no other of it comes after. */
export function lastOf(unit: string[], { isBefore }: Order): string[] {
  return unit.filter((step) => !unit.some((other) => isBefore(step, other)));
}

/** Units before a unit, without those that are before such a one anyway. */
function directNeeds(unit: string[], units: string[][], order: Order): string[][] {
  const isBefore = ([one = '']: string[], [other = '']: string[]) => order.isBefore(one, other);
  const before = units.filter((other) => isBefore(other, unit));
  return before.filter((need) => !before.some((other) => isBefore(need, other)));
}

/** Puts a unit behind a need that nothing is behind, or whose follower can be put elsewhere (Kuhn's matching). */
function place(
  unit: string[],
  direct: Map<string[], string[][]>,
  successor: Map<string[], string[]>,
  tried: Set<string[]>,
): boolean {
  for (const need of direct.get(unit) ?? []) {
    if (tried.has(need)) continue;
    tried.add(need);
    const follower = successor.get(need);
    if (follower && !place(follower, direct, successor, tried)) continue;
    successor.set(need, unit);
    return true;
  }
  return false;
}

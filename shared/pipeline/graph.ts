/** The steps of a pipeline, and what has to have ended before each. */
export type Steps = Record<string, { needs: readonly string[] }>;

/** What comes before what, of steps without faults. */
export interface Order {
  /** All steps: each after what it needs, and otherwise as the stage file has them. */
  steps: string[];
  /** Whether a step has to have ended before another begins, be it by way of others. */
  isBefore: (one: string, other: string) => boolean;
}

/** @throws Error for a graph with faults: they are to be looked for before. */
export function orderOf(steps: Steps): Order {
  const before = new Map<string, Set<string>>();
  const left = new Map(Object.entries(steps));
  while (left.size > 0) {
    const [name, step] = [...left].find(([, { needs }]) => needs.every((need) => before.has(need))) ?? [];
    if (name === undefined) throw new Error(`these steps need each other, or what is no step: ${[...left.keys()]}`);
    before.set(name, new Set(step?.needs.flatMap((need) => [need, ...(before.get(need) ?? [])])));
    left.delete(name);
  }
  return { steps: [...before.keys()], isBefore: (one, other) => before.get(other)?.has(one) ?? false };
}

/**
 * Splits steps into groups: those that are joined, be it by way of others, are in one.
 *
 * @returns the groups by their first members, each in the order of the steps
 */
export function groups(steps: string[], areJoined: (one: string, other: string) => boolean): string[][] {
  const left = new Set(steps);
  return steps.flatMap((first) => {
    if (!left.delete(first)) return [];
    const group = new Set([first]);
    // A set goes on to what is added to it meanwhile.
    for (const member of group)
      for (const other of left) if (areJoined(member, other) && left.delete(other)) group.add(other);
    return [steps.filter((step) => group.has(step))];
  });
}

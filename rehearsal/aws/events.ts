import type { World } from '../world.ts';

export type Pattern = { [key: string]: Pattern | unknown[] };

/** A rule of the template. */
export interface Rule {
  pattern: Pattern;
  functionName: string;
}

/** EventBridge's default bus: events of AWS services to the rules of the template. */
export class Events {
  readonly rules: Rule[] = [];
  readonly #world: World;
  readonly #invoke: (functionName: string, event: object) => void;

  constructor(world: World, invoke: (functionName: string, event: object) => void) {
    this.#world = world;
    this.#invoke = invoke;
  }

  /** AWS's own events are delivered on a best-effort basis: the scenario can lose them. */
  emit(source: string, detailType: string, detail: object): void {
    const event = { source, 'detail-type': detailType, detail, time: new Date(this.#world.clock.now).toISOString() };
    for (const { pattern, functionName } of this.rules) {
      if (!matches(pattern, event)) continue;
      if (this.#world.faults('events').some((fault) => this.#world.uses(fault))) continue;
      this.#world.clock.at(this.#world.clock.now + 800, () => this.#invoke(functionName, event));
    }
  }
}

/**
 * Whether an event is of a pattern: one of the values listed, or of the beginnings.
 *
 * @source EventBridge user guide, "Comparison operators for use in event patterns"; others than `prefix` match nothing here
 */
export function matches(pattern: Pattern, event: object): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = (event as Record<string, unknown>)[key];
    return Array.isArray(wanted)
      ? wanted.some((one) => one === value || beginsSo(value, one))
      : typeof value === 'object' && value !== null && matches(wanted, value);
  });
}

function beginsSo(value: unknown, wanted: unknown): boolean {
  const { prefix } = (typeof wanted === 'object' && wanted ? wanted : {}) as { prefix?: unknown };
  return typeof value === 'string' && typeof prefix === 'string' && value.startsWith(prefix);
}

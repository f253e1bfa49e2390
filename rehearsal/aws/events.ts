import { ACCOUNT } from '../template.ts';
import type { World } from '../world.ts';

export type Pattern = { [key: string]: Pattern | unknown[] };

/** A rule of the template. */
export interface Rule {
  pattern: Pattern;
  /** ARN of the function or machine. */
  target: string;
  /** ARN of the role that it is called with; a function is called by its own permission. */
  role?: string;
}

/** How late an event is where the scenario has it late: two that come close together change places. */
const LATE_MS = 90_000;

/**
 * EventBridge's default bus: events of AWS services to the rules of the template.
 *
 * @source EventBridge user guide, "AWS service event metadata"; at least once, in no order
 */
export class Events {
  readonly rules: Rule[] = [];
  readonly #world: World;
  readonly #deliver: (target: string, event: object, role?: string) => void;
  #count = 0;

  constructor(world: World, deliver: (target: string, event: object, role?: string) => void) {
    this.#world = world;
    this.#deliver = deliver;
  }

  /** AWS's own events are delivered on a best-effort basis: the scenario can lose them. */
  emit(source: string, detailType: string, detail: object): void {
    const { clock, stage } = this.#world;
    const event = {
      ...{ version: '0', id: `event-${++this.#count}`, 'detail-type': detailType, source, account: ACCOUNT },
      ...{ time: new Date(clock.now).toISOString(), region: stage.region, resources: [], detail },
    };
    for (const { pattern, target, role } of this.rules) {
      if (!matches(pattern, event)) continue;
      const fault = this.#world.faults('events').find((one) => this.#world.uses(one))?.events;
      if (fault === 'lost') continue;
      const at = clock.now + 800 + (fault === 'late' ? LATE_MS : 0);
      for (let times = fault === 'twice' ? 2 : 1; times > 0; times--)
        clock.at(at, () => this.#deliver(target, event, role));
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

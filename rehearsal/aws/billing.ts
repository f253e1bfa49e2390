import { rateOf } from '../../shared/cost/rates.ts';
import { batches, environments } from '../../shared/stage/kinds.ts';
import type { Of } from '../journal.ts';
import type { World } from '../world.ts';
import type { Ec2 } from './ec2.ts';
import { EMPTY } from './stack-states.ts';

const DAY_MS = 24 * 3_600_000;

interface Question {
  TimePeriod: { Start: string; End: string };
  Granularity: string;
  Filter?: object;
}

/**
 * The bill of the account: what instances, disks and environments really cost by the day of UTC, what else there is, and
 * credits. It is written apart from the guard's own reckoning on purpose: each says whether the other is right.
 *
 * @source Cost Explorer API reference, GetCostAndUsage: days of UTC, `End` exclusive, data up to a day late; credits are
 * records of their own, RECORD_TYPE `Credit`
 */
export class Billing {
  readonly #world: World;
  readonly #ec2: Ec2;
  /** US dollars by the day of UTC. */
  readonly #usage = new Map<string, number>();
  /** What is on, since when, and for how much an hour. */
  readonly #on = new Map<string, { since: number; hourly: number }>();
  readonly #begun: number;

  constructor(world: World, ec2: Ec2) {
    this.#world = world;
    this.#ec2 = ec2;
    this.#begun = world.clock.now;
    for (const [name, workload] of Object.entries(world.stage.workloads)) {
      const { always } = rateOf(workload, world.stage.prices);
      if (always > 0) this.#on.set(`disk of ${name}`, { since: world.clock.now, hourly: always });
    }
    for (const { id, state } of ec2.instances.values()) if (state === 'running') this.#begin(id, this.#priceOf(id));
    world.journal.onEntry((entry) => {
      if (entry.what === 'instance') this.#instance(entry);
      if (entry.what === 'stack') this.#stack(entry);
    });
    world.services['cost explorer'] = { GetCostAndUsage: (question: Question) => this.#answer(question) };
  }

  /** What a day of UTC has cost by an instant, before credits. */
  spentOn(day: string, until: number = this.#world.clock.now): number {
    for (const thing of this.#on.keys()) this.#settle(thing);
    const { other, discount } = this.#world.scenario.bill;
    const isBegun = Date.parse(day) + DAY_MS > this.#begun && Date.parse(day) <= until;
    return (this.#usage.get(day) ?? 0) * (1 - discount) + (isBegun ? other : 0);
  }

  #answer({ TimePeriod: { Start, End }, Granularity, Filter }: Question): object {
    if (Granularity !== 'DAILY') throw new Error(`the rehearsal does not know the granularity ${Granularity}`);
    const { late, credit } = this.#world.scenario.bill;
    const isBeforeCredits = JSON.stringify(Filter ?? {}).includes('"Credit"');
    const ResultsByTime = [];
    for (let day = Date.parse(Start); day < Date.parse(End); day += DAY_MS) {
      const date = iso(day);
      const isThere = this.#world.clock.now >= day + DAY_MS + late;
      const amount = isThere ? this.spentOn(date) - (isBeforeCredits ? 0 : credit) : 0;
      ResultsByTime.push({
        TimePeriod: { Start: date, End: iso(day + DAY_MS) },
        Total: { UnblendedCost: { Amount: String(amount), Unit: 'USD' } },
        Estimated: true,
      });
    }
    return { ResultsByTime };
  }

  #instance({ id, to }: Of<'instance'>): void {
    if (to === 'running') this.#begin(id, this.#priceOf(id));
    else this.#end(id);
  }

  #stack({ name, to }: Of<'stack'>): void {
    const workload = environments(this.#world.stage).find(([, { stack }]) => stack.name === name)?.[1];
    if (!workload) return;
    if (EMPTY.test(to)) this.#end(name);
    else this.#begin(name, rateOf(workload, this.#world.stage.prices).on);
  }

  #priceOf(id: string): number {
    const workload = batches(this.#world.stage).find(([, { instance }]) => instance.id === id)?.[1];
    return workload ? rateOf(workload, this.#world.stage.prices, this.#ec2.get(id).type).on : 0;
  }

  #begin(thing: string, hourly: number): void {
    if (!this.#on.has(thing)) this.#on.set(thing, { since: this.#world.clock.now, hourly });
  }

  #end(thing: string): void {
    this.#settle(thing);
    this.#on.delete(thing);
  }

  /** Adds what something has cost since it was settled last, to each day that it was on. */
  #settle(thing: string): void {
    const on = this.#on.get(thing);
    if (!on) return;
    const now = this.#world.clock.now;
    for (let from = on.since; from < now; ) {
      const to = Math.min(now, Date.parse(iso(from)) + DAY_MS);
      this.#usage.set(iso(from), (this.#usage.get(iso(from)) ?? 0) + (on.hourly * (to - from)) / 3_600_000);
      from = to;
    }
    on.since = now;
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

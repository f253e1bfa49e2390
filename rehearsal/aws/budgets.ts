import type { World } from '../world.ts';
import type { Billing } from './billing.ts';

/** An action of AWS Budgets as the template describes it. */
export interface BudgetAction {
  budget: string;
  /** US dollars a day. */
  limit: number;
  role: string;
  instances: string[];
}

const HOUR = 3_600_000;
/** How often AWS looks at the bill: at what it was the time before. */
const EVERY = 8 * HOUR;

/**
 * AWS Budgets: over its limit it stops instances by a document of Systems Manager, once for each period.
 *
 * @source AWS Cost Management user guide, "Managing your costs with AWS Budgets": updated up to three times a day, 8 to 12
 * hours after the previous update; "Configuring a budget action"
 */
export class Budgets {
  readonly #world: World;
  readonly #billing: Billing;
  readonly #done = new Set<string>();
  /** What the bill was when it was read last, by budget. */
  readonly #read = new Map<string, { day: string; usd: number }>();

  constructor(world: World, billing: Billing) {
    this.#world = world;
    this.#billing = billing;
    world.services['budgets'] = {};
  }

  add(action: BudgetAction): void {
    const look = (at: number) =>
      this.#world.clock.at(at, () => {
        // An action that fails stays failed; AWS says so in its own console.
        this.#look(action).catch((error: Error) =>
          this.#world.journal.write({ what: 'fault', text: `AWS Budgets: the action failed: ${error.message}` }),
        );
        look(at + EVERY);
      });
    look(this.#world.clock.now + EVERY);
  }

  async #look(action: BudgetAction): Promise<void> {
    const known = this.#read.get(action.budget);
    const day = new Date(this.#world.clock.now).toISOString().slice(0, 10);
    this.#read.set(action.budget, { day, usd: this.#billing.spentOn(day) });
    const period = `${action.budget} ${known?.day}`;
    if (!known || this.#done.has(period) || known.usd <= action.limit) return;
    this.#done.add(period);
    this.#world.assume(action.role, 'budgets.amazonaws.com');
    const InstanceIds = action.instances;
    await this.#world.call(action.role, 'ssm', 'StartAutomationExecution', {
      DocumentName: 'AWS-StopEC2Instance',
      Parameters: { InstanceId: InstanceIds },
    });
    await this.#world.call(action.role, 'ec2', 'StopInstances', { InstanceIds });
    await this.#world.call(action.role, 'ec2', 'DescribeInstanceStatus', { InstanceIds });
  }
}

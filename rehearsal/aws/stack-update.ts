import type { World } from '../world.ts';
import type { Change, Stack } from './stack.ts';
import { type Declared, mentions } from './template-copy.ts';

/**
 * What CloudFormation does over time to update a stack: its nested stacks, and the resources that refer to a parameter
 * which has changed. What fails is rolled back.
 *
 * @source CloudFormation user guide, "Understand update behaviors of stack resources", "Stack status codes"
 */
export class StackUpdate {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Updates a stack in UPDATE_IN_PROGRESS. @param before its parameters, to which a failure leads back */
  async update(root: Stack, change: Change, before: Record<string, string>): Promise<void> {
    root.change = change;
    const changed = Object.keys(root.parameters).filter((name) => root.parameters[name] !== before[name]);
    const failed = await this.#updateAll(root, change, change.milliseconds, changed, change.fails);
    if (root.change !== change) return;
    const [reason, undone] = [failedToUpdate(failed), failed.length > 0 ? '_ROLLBACK' : ''];
    if (undone) {
      root.become('UPDATE_ROLLBACK_IN_PROGRESS', { reason });
      await this.#sleep(change.milliseconds / 2);
      undo(root);
      root.parameters = before;
    }
    root.become(`UPDATE${undone}_COMPLETE_CLEANUP_IN_PROGRESS`);
    await this.#sleep(this.#world.random.between(5000, 15_000));
    if (root.change === change) root.become(`UPDATE${undone}_COMPLETE`);
  }

  /** @returns the resources that failed */
  async #updateAll(
    stack: Stack,
    change: Change,
    milliseconds: number,
    changed: string[],
    fails?: string[],
  ): Promise<string[]> {
    const isTouched = ({ id, nested, properties }: Declared) =>
      stack.resources.has(id) && (nested || id === fails?.[0] || changed.some((name) => mentions(properties, name)));
    const waves = stack.template.waves.map((wave) => wave.filter(isTouched)).filter((wave) => wave.length > 0);
    if (waves.length === 0) await this.#sleep(milliseconds);
    for (const wave of waves) {
      const culprit = wave.find(({ id }) => id === fails?.[0]);
      for (const declared of wave) stack.put(declared, 'UPDATE_IN_PROGRESS');
      await Promise.all(
        (culprit ? [culprit] : wave).map((one) =>
          this.#updateOne(stack, one, change, milliseconds / waves.length, changed, culprit && fails?.slice(1)),
        ),
      );
      if (stack.root.change !== change) return [];
      if (!culprit) continue;
      for (const { declared, status } of stack.resources.values())
        if (status === 'UPDATE_IN_PROGRESS') stack.put(declared, 'UPDATE_FAILED', 'Resource update cancelled');
      return wave.map(({ id }) => id);
    }
    return [];
  }

  async #updateOne(
    stack: Stack,
    declared: Declared,
    change: Change,
    milliseconds: number,
    changed: string[],
    fails?: string[],
  ): Promise<void> {
    const nested = stack.resources.get(declared.id)?.nested;
    const isCulprit = fails?.length === 0;
    if (!nested || isCulprit) {
      await this.#sleep(milliseconds);
      if (stack.root.change !== change) return;
      stack.put(declared, isCulprit ? 'UPDATE_FAILED' : 'UPDATE_COMPLETE', isCulprit ? change.reason : undefined);
      return;
    }
    nested.become('UPDATE_IN_PROGRESS', { reason: 'User Initiated' });
    const given = Object.entries((declared.properties['Parameters'] ?? {}) as Record<string, unknown>);
    const inner = given.filter(([, value]) => changed.some((name) => mentions(value, name))).map(([name]) => name);
    const failed = await this.#updateAll(nested, change, milliseconds, inner, fails);
    if (stack.root.change !== change) return;
    if (failed.length === 0) {
      nested.become('UPDATE_COMPLETE');
      stack.put(declared, 'UPDATE_COMPLETE');
      return;
    }
    const reason = failedToUpdate(failed);
    nested.become('UPDATE_ROLLBACK_IN_PROGRESS', { reason });
    const where = `was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: ${reason}`;
    stack.put(declared, 'UPDATE_FAILED', `Embedded stack ${nested.id} ${where}`);
  }

  #sleep(milliseconds: number): Promise<void> {
    return this.#world.clock.sleep(Math.round(milliseconds));
  }
}

function failedToUpdate(failed: string[]): string {
  return `The following resource(s) failed to update: [${failed.join(', ')}].`;
}

/** Everything is again as it was before the update. */
function undo(stack: Stack): void {
  for (const { declared, status, nested } of stack.resources.values()) {
    if (!status.startsWith('UPDATE_')) continue;
    if (nested) {
      undo(nested);
      nested.become('UPDATE_ROLLBACK_COMPLETE');
    }
    stack.put(declared, 'UPDATE_COMPLETE');
  }
}

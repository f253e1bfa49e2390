import type { World } from '../world.ts';
import { type Change, Stack } from './stack.ts';
import { losesData } from './stateful.ts';
import type { Declared } from './template-copy.ts';

/**
 * What CloudFormation does over time to create and delete stacks, resource by resource, nested stacks within. A change
 * ends without a word when another one has taken its place, as a deletion does with a creation.
 *
 * @source CloudFormation user guide, "Stack failure options", "Delete a stack", "Troubleshooting CloudFormation"; the
 * words of the reasons as people report them: aws-samples/aws-service-catalog-terraform-reference-architecture#8
 * (creation), aws-ia/taskcat#414 (deletion), docker-archive/ecs-plugin#177 (time is up)
 */
export class StackWork {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Creates what a stack in CREATE_IN_PROGRESS is made of. */
  async create(root: Stack, change: Change): Promise<void> {
    root.change = change;
    const { TimeoutInMinutes } = root.request;
    if (TimeoutInMinutes)
      this.#world.clock.at(this.#world.clock.now + TimeoutInMinutes * 60_000, () => {
        if (root.change === change && root.status === 'CREATE_IN_PROGRESS') void this.#timeIsUp(root, change);
      });
    const failed = await this.#createAll(root, change, change.milliseconds, change.fails);
    if (root.change !== change) return;
    if (failed.length === 0) root.become('CREATE_COMPLETE');
    else await this.#giveUp(root, change, `The following resource(s) failed to create: [${failed.join(', ')}].`);
  }

  /** Deletes what a stack in DELETE_IN_PROGRESS is made of. */
  async delete(root: Stack, change: Change): Promise<void> {
    root.change = change;
    const failed = await this.#deleteAll(root, change, change.milliseconds, change.fails);
    if (root.change !== change) return;
    if (failed.length === 0) root.become('DELETE_COMPLETE');
    else
      root.become('DELETE_FAILED', { reason: `The following resource(s) failed to delete: [${failed.join(', ')}].` });
  }

  async #timeIsUp(root: Stack, change: Change): Promise<void> {
    // Another change, so that what is still on its way to be created comes to nothing.
    root.change = { ...change };
    cancelled(root);
    await this.#giveUp(root, root.change, 'Stack creation time exceeded the specified timeout.');
  }

  async #giveUp(root: Stack, change: Change, why: string): Promise<void> {
    const { OnFailure = root.request.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK' } = root.request;
    if (OnFailure === 'DO_NOTHING') return root.become('CREATE_FAILED', { reason: why });
    const [during, after, whose] =
      OnFailure === 'DELETE'
        ? ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE', 'Delete']
        : ['ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'Rollback'];
    root.become(during, { reason: `${why} ${whose} requested by user.` });
    await this.#deleteAll(root, change, change.milliseconds / 2, undefined, true);
    if (root.change === change) root.become(after);
  }

  /** @returns the resources that failed */
  async #createAll(stack: Stack, change: Change, milliseconds: number, fails?: string[]): Promise<string[]> {
    const { waves } = stack.template;
    for (const wave of waves) {
      const end = this.#world.clock.now + milliseconds / waves.length;
      const culprit = wave.find(({ id }) => id === fails?.[0]);
      for (const declared of wave) stack.put(declared, 'CREATE_IN_PROGRESS');
      // Beside one that fails the others do not come to their end.
      const coming = culprit ? [culprit] : wave;
      await Promise.all(
        coming.map((one) =>
          this.#createOne(stack, one, change, milliseconds / waves.length, culprit && fails?.slice(1)),
        ),
      );
      if (stack.root.change !== change) return [];
      if (culprit) return cancelled(stack);
      await this.#sleep(end - this.#world.clock.now);
    }
    return [];
  }

  async #createOne(stack: Stack, declared: Declared, change: Change, milliseconds: number, fails?: string[]) {
    await this.#sleep(milliseconds * 0.1);
    if (stack.root.change !== change) return;
    const isCulprit = fails?.length === 0;
    if (declared.nested && !isCulprit) {
      const nested = new Stack(this.#world, '', declared.nested, { stack, logicalId: declared.id });
      Object.assign(stack.resources.get(declared.id) ?? {}, { nested, physicalId: nested.id });
      stack.put(declared, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
      nested.become('CREATE_IN_PROGRESS', { reason: 'User Initiated' });
      const failed = await this.#createAll(nested, change, milliseconds * 0.8, fails);
      if (stack.root.change !== change) return;
      const reason = `The following resource(s) failed to create: [${failed.join(', ')}].`;
      if (failed.length === 0) nested.become('CREATE_COMPLETE');
      else nested.become('CREATE_FAILED', { reason });
      if (failed.length === 0) stack.put(declared, 'CREATE_COMPLETE');
      else stack.put(declared, 'CREATE_FAILED', `Embedded stack ${nested.id} was not successfully created: ${reason}`);
      return;
    }
    Object.assign(stack.resources.get(declared.id) ?? {}, { physicalId: `${stack.name}-${declared.id}` });
    stack.put(declared, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
    await this.#sleep(milliseconds * (isCulprit ? 0.4 : this.#world.random.between(0.4, 0.8)));
    if (stack.root.change !== change) return;
    stack.put(declared, isCulprit ? 'CREATE_FAILED' : 'CREATE_COMPLETE', isCulprit ? change.reason : undefined);
  }

  /** @returns the resources that failed; what they were made on stays with them */
  async #deleteAll(
    stack: Stack,
    change: Change,
    milliseconds: number,
    fails?: string[],
    isRollback = false,
  ): Promise<string[]> {
    const isThere = ({ id }: Declared) =>
      !/^(absent|DELETE_(COMPLETE|SKIPPED))$/.test(stack.resources.get(id)?.status ?? 'absent');
    const waves = stack.template.waves.map((wave) => wave.filter(isThere)).filter((wave) => wave.length > 0);
    if (waves.length === 0) await this.#sleep(5000);
    for (const wave of waves.reverse()) {
      await Promise.all(
        wave.map((one) => {
          const rest = one.id === fails?.[0] ? fails.slice(1) : undefined;
          return this.#deleteOne(stack, one, change, {
            milliseconds: milliseconds / waves.length,
            fails: rest,
            isRollback,
          });
        }),
      );
      if (stack.root.change !== change) return [];
      const failed = wave.filter(({ id }) => stack.resources.get(id)?.status === 'DELETE_FAILED');
      if (failed.length > 0) return failed.map(({ id }) => id);
    }
    return [];
  }

  async #deleteOne(
    stack: Stack,
    declared: Declared,
    change: Change,
    { milliseconds, fails, isRollback }: { milliseconds: number; fails?: string[]; isRollback: boolean },
  ): Promise<void> {
    const isKept = declared.policy === 'Retain' || (declared.policy === 'RetainExceptOnCreate' && !isRollback);
    if (isKept) return void stack.put(declared, 'DELETE_SKIPPED');
    const hadData = /COMPLETE$|^(DELETE|UPDATE)_/.test(stack.resources.get(declared.id)?.status ?? '');
    const { nested } = stack.put(declared, 'DELETE_IN_PROGRESS');
    const isCulprit = fails?.length === 0;
    if (nested && !isCulprit) {
      nested.become('DELETE_IN_PROGRESS', { reason: 'User Initiated' });
      const failed = await this.#deleteAll(nested, change, milliseconds * 0.9, fails, isRollback);
      if (stack.root.change !== change) return;
      const reason = `The following resource(s) failed to delete: [${failed.join(', ')}].`;
      if (failed.length === 0) nested.become('DELETE_COMPLETE');
      else nested.become('DELETE_FAILED', { reason });
      if (failed.length === 0) stack.put(declared, 'DELETE_COMPLETE');
      else stack.put(declared, 'DELETE_FAILED', `Embedded stack ${nested.id} was not successfully deleted: ${reason}`);
      return;
    }
    await this.#sleep(milliseconds * this.#world.random.between(0.6, 1));
    if (stack.root.change !== change) return;
    // What a rollback deletes was never in use.
    if (!isCulprit && !isRollback && hadData && losesData(declared))
      this.#world.journal.write({ what: 'data', resource: `${stack.path}${declared.id}`, stack: stack.root.name });
    stack.put(declared, isCulprit ? 'DELETE_FAILED' : 'DELETE_COMPLETE', isCulprit ? change.reason : undefined);
  }

  #sleep(milliseconds: number): Promise<void> {
    return this.#world.clock.sleep(Math.max(0, Math.round(milliseconds)));
  }
}

/** Gives up what is still being created. @returns all of the stack that failed */
function cancelled(stack: Stack): string[] {
  for (const { declared, status, nested } of stack.resources.values()) {
    if (status !== 'CREATE_IN_PROGRESS') continue;
    if (nested) {
      cancelled(nested);
      nested.become('CREATE_FAILED', { reason: 'Resource creation cancelled' });
    }
    stack.put(declared, 'CREATE_FAILED', 'Resource creation cancelled');
  }
  return [...stack.resources.values()]
    .filter(({ status }) => status === 'CREATE_FAILED')
    .map(({ declared }) => declared.id);
}

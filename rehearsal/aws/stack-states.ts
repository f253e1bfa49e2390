import type { World } from '../world.ts';
import { Stack } from './stack.ts';
import type { StackTemplate } from './template-copy.ts';

/**
 * Every status of a stack.
 *
 * @source CloudFormation API reference, Stack, StackStatus; the SDK's own list has the same 23
 */
export const STACK_STATUSES = [
  'CREATE_IN_PROGRESS',
  'CREATE_FAILED',
  'CREATE_COMPLETE',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_FAILED',
  'ROLLBACK_COMPLETE',
  'DELETE_IN_PROGRESS',
  'DELETE_FAILED',
  'DELETE_COMPLETE',
  'UPDATE_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'REVIEW_IN_PROGRESS',
  'IMPORT_IN_PROGRESS',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_IN_PROGRESS',
  'IMPORT_ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_COMPLETE',
] as const;

/** States that a stack can be updated in. */
export const UPDATABLE =
  /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_FAILED|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE)$/;

/**
 * States that DeleteStack is refused in; a creation, its rollback and a deletion may be overtaken by it.
 *
 * @source as people report it: aws/aws-toolkit-azure-devops#317, aws-amplify/amplify-backend#2366
 */
export const UNDELETABLE = /^(UPDATE|IMPORT)_.*IN_PROGRESS$/;

/** What has no resources, and costs nothing. */
export const EMPTY = /^(absent|REVIEW_IN_PROGRESS|ROLLBACK_COMPLETE|DELETE_COMPLETE)$/;

/** Whether something is going on that ends by itself. */
export function isChanging(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/** Where a stack goes by itself from a state in which it was found. */
export function endOf(status: string): string {
  return status.replace(/(_CLEANUP)?_IN_PROGRESS$/, (_, cleanup) => (cleanup ? '' : '_COMPLETE'));
}

/** The operation that brought a stack into a state. */
export function actOf(status: string): 'create' | 'update' | 'delete' {
  return /^(CREATE|ROLLBACK)/.test(status) ? 'create' : status.startsWith('DELETE') ? 'delete' : 'update';
}

/** A stack as it is before the rehearsal begins, with its resources; where it is held by one, the first that can. */
export function existing(world: World, name: string, template: StackTemplate, status: string, id?: string): Stack {
  const stack = new Stack(world, name, template, undefined, id);
  const [verb = ''] = status.match(/^[A-Z]+/) ?? [];
  const first = `${verb === 'ROLLBACK' ? 'CREATE' : verb}_IN_PROGRESS`;
  stack.become(first, { reason: 'User Initiated', who: 'beforehand' });
  if (status !== 'REVIEW_IN_PROGRESS') fill(world, stack, status);
  if (status !== first)
    stack.become(status, { who: 'beforehand', ...(status.endsWith('FAILED') && { reason: heldBy(stack, status) }) });
  // CloudFormation forgets events after 90 days: what holds this one is only seen from its resources.
  if (status === 'DELETE_FAILED') stack.events.length = 0;
  return stack;
}

function fill(world: World, stack: Stack, status: string): void {
  // What holds a deletion is what everything else was made on: it is the last that is left.
  const isGone = /^(ROLLBACK|DELETE)_(COMPLETE|FAILED)$/.test(status);
  const isFailed = status.endsWith('_FAILED');
  const whole = isGone ? 'DELETE_COMPLETE' : 'CREATE_COMPLETE';
  for (const [index, declared] of stack.template.waves.flat().entries()) {
    const isHolder = isFailed && index === 0;
    const of = isHolder ? failedAs(status) : whole;
    const nested = declared.nested && new Stack(world, '', declared.nested, { stack, logicalId: declared.id });
    if (nested) {
      if (isHolder) nested.become(`${of.split('_')[0]}_IN_PROGRESS`);
      fill(world, nested, isHolder ? of : whole);
      nested.become(of, isHolder ? { reason: heldBy(nested, of) } : {});
    }
    const resource = {
      declared,
      status: of,
      physicalId: nested?.id ?? `${stack.name}-${declared.id}`,
      at: world.clock.now,
    };
    stack.resources.set(declared.id, { ...resource, ...(nested && { nested }) });
    const reason = nested
      ? `Embedded stack ${nested.id} is in ${of}`
      : 'Resource handler returned message: "it is in use"';
    if (isHolder) stack.put(declared, of, reason);
  }
}

/** What the resource is in that holds a stack in a state. */
function failedAs(status: string): string {
  return /^(ROLLBACK|DELETE)/.test(status) ? 'DELETE_FAILED' : status.startsWith('CREATE') ? status : 'UPDATE_FAILED';
}

function heldBy({ template }: Stack, status: string): string {
  return `The following resource(s) failed to ${actOf(failedAs(status))}: [${template.waves[0]?.[0]?.id}].`;
}

/** The resources of a stack that was found on its way to be deleted or rolled back, at the end of it. */
export function emptied(stack: Stack): void {
  for (const { declared, nested } of stack.resources.values()) {
    if (nested) emptied(nested);
    nested?.become('DELETE_COMPLETE');
    stack.put(declared, 'DELETE_COMPLETE');
  }
}

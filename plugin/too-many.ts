import { isInstance, machines } from '../resources/watching/watched.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';

/** @source AWS CloudFormation user guide, "Understand CloudFormation quotas": resources in a template */
const MOST = 500;

/**
 * Refuses a stage that CloudFormation would not take, before anything is uploaded.
 *
 * @throws an error that says what there is too much of, and what to do
 */
export function refuseTooMany(count: number, stage: Pick<CompiledStage, 'stage' | 'services' | 'queues'>): void {
  if (count <= MOST) return;
  const found = machines(stage);
  const instances = found.filter(isInstance).length;
  const message =
    `stage ${stage.stage} compiles to ${count} resources, and CloudFormation takes ${MOST}. Its ${found.length} targets of ` +
    `services, ${instances} of them instances with eight resources each, and its ${Object.keys(stage.queues).length} queues ` +
    'with about twenty each are most of them. Put some services or queues into a stage of their own, or take the target out of those that are watched from outside alone.';
  const error = new Error(message);
  // The framework prints the stack of errors that it does not know.
  error.stack = message;
  throw error;
}

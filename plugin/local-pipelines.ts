import { input as dagQuestion } from '../functions/check-dag/contract.ts';
import type { Input as DagStart } from '../functions/start-dag/contract.ts';

/** By what the run of a DAG is started that an event asks after; undefined where it asks after none. */
export function startedDag(event: unknown): DagStart | undefined {
  const { data: asked } = dagQuestion.safeParse(event);
  if (!asked) return undefined;
  const { step, run, dag } = asked;
  const [, number] = /\.(\d+)$/.exec(dag.id) ?? [];
  return { step, run, said: { ...(number && { try: { number } }) } };
}

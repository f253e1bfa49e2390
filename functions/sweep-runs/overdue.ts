import { executionStatus, stopExecution } from '../../shared/aws/executions.ts';
import { because } from '../../shared/reasons.ts';
import { type Run, STOPPED_BY } from '../../shared/state/runs.ts';

/** How long after its deadline a run may still be settling itself. */
const GRACE_MS = 15 * 60_000;

export const real = { executionStatus, stopExecution };

/** Why a run cannot go on: its execution is dead, or long overdue and now cut off. */
export async function reasonToEnd(run: Run, now: number, effects: typeof real): Promise<string | undefined> {
  const { status, cause } = await effects.executionStatus(run.execution);
  if (status === 'ABORTED' && cause?.startsWith(STOPPED_BY)) return cause;
  if (status !== 'RUNNING') return because('executionDead', status.toLowerCase().replace('_', ' '));
  if (now < Date.parse(run.deadlineAt) + GRACE_MS) return undefined;
  await effects.stopExecution(run.execution, 'past its deadline');
  return because('wentOn');
}

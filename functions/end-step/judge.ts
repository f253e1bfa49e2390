import { describeCaught } from '../../shared/caught.ts';
import { judgeNumbers, USUAL } from '../../shared/pipeline/expect.ts';
import { outcomeOf } from '../../shared/pipeline/outcome.ts';
import type { Expectation } from '../../shared/stage/compiled.ts';
import type { endStep, historyOf } from '../../shared/state/steps.ts';
import type { Input } from './contract.ts';

type Ending = Parameters<typeof endStep>[2];

/** How a step ended, by what came of its work and what its numbers are held to. */
export async function judge(
  { step, run: { workload, key }, said }: Input,
  expect: Record<string, Expectation>,
  effects: { historyOf: typeof historyOf; now: () => number },
): Promise<Ending> {
  const endedAt = new Date(effects.now()).toISOString();
  if ('Error' in said && !('decision' in said))
    return { status: 'failed', reason: describeCaught(said), startedAt: endedAt, endedAt };
  if (said.decision !== 'run') return { status: 'passed-over', reason: said.reason, endedAt };
  const { status, numbers, reason, log, ...own } = outcomeOf(said);
  const known = { reason, log, ...(Object.keys(numbers).length > 0 && { numbers }), ...secondsOf(own) };
  const ending = { status, endedAt, ...known };
  if (status !== 'succeeded') return ending;
  const looksBack = Object.values(expect).some(({ nearMedian }) => nearMedian !== undefined);
  const before = looksBack ? await effects.historyOf({ workload, key, step }, USUAL.of) : [];
  const usual = before.map((record) => record.numbers ?? {});
  const { failures, warnings } = judgeNumbers(expect, numbers, usual);
  if (failures.length > 0) return { ...ending, status: 'failed', reason: failures.join('; ') };
  return { ...ending, ...(warnings.length > 0 && { warnings }) };
}

/** Of the work itself: that nobody has asked after it for a while is not its own. */
function secondsOf({ startedAt, endedAt }: { startedAt?: string; endedAt?: string }): { seconds?: number } {
  return startedAt && endedAt ? { seconds: Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) } : {};
}

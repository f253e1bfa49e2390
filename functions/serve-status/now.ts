import { deployedStage } from '../../shared/stage/deployed.ts';
import type { StatusAnswer } from '../../shared/status/answers.ts';
import { ask, ofTheTable } from './known.ts';
import { eyes, lookAtAll } from './look.ts';
import { queueNow } from './of-queue.ts';
import { serviceNow } from './of-service.ts';
import { workloadNow } from './of-workload.ts';
import { headOf, shownOf } from './page.ts';

export const real = { ...ofTheTable, ...eyes, stage: deployedStage, now: Date.now };

/** How everything that is shown is now. */
export async function statusNow(effects = real): Promise<StatusAnswer> {
  const now = effects.now();
  const stage = shownOf(effects.stage());
  const [known, seen] = await Promise.all([ask(stage, now, effects), lookAtAll(stage, effects)]);
  return {
    ...headOf(stage, now),
    workloads: [
      ...Object.entries(stage.workloads).map(([name, one]) =>
        workloadNow(name, one, stage, known, seen.get(name), now),
      ),
      ...Object.entries(stage.services).map(([name, one]) => serviceNow(name, one, stage, known, now)),
      ...Object.entries(stage.queues).map(([name, one]) => queueNow(name, one, known, now)),
    ],
  };
}

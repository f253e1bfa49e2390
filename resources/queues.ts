import type { CompiledStage } from '../shared/stage/compiled.ts';
import { alarms } from './queues/alarms.ts';
import { created } from './queues/created.ts';
import { dashboard } from './queues/dashboard.ts';
import { tending } from './queues/every-minute.ts';
import { scaling } from './queues/scaling.ts';

/** What scales the workers of queues, watches both, and is made for them: nothing, where there are no queues. */
export function queues(stage: CompiledStage): Record<string, object> {
  const all = Object.entries(stage.queues);
  if (all.length === 0) return {};
  return {
    ...tending(),
    ...Object.assign(
      {},
      ...all.flatMap(([name, queue]) => [scaling(stage.stage, name, queue), alarms(stage.stage, name, queue)]),
    ),
    ...created(stage),
    ...dashboard(stage),
  };
}

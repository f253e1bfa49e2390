import type { CompiledStage } from '../shared/stage/compiled.ts';
import { recoveryDocument } from './recovery-document.ts';
import { agent } from './watching/agent.ts';
import { alarms } from './watching/alarms.ts';
import { dashboard } from './watching/dashboard.ts';
import { maintenance } from './watching/maintenance.ts';
import { onInstances, type WatchedStage } from './watching/watched.ts';

/** What watches the machines of services from AWS's side, and what is run on them: nothing, where there are no services. */
export function watching(stage: WatchedStage & Pick<CompiledStage, 'notify'>): Record<string, object> {
  return {
    ...Object.assign(
      {},
      ...Object.entries(stage.services).flatMap(([name, service]) => [
        alarms(stage.stage, name, service),
        maintenance(stage.stage, name, service),
      ]),
    ),
    ...agent(stage),
    ...(onInstances(stage).length > 0 && { RecoveryDocument: recoveryDocument(stage.stage) }),
    ...dashboard(stage),
  };
}

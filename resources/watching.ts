import type { CompiledStage } from '../shared/stage/compiled.ts';
import { recoveryDocument } from './recovery-document.ts';
import { agent } from './watching/agent.ts';
import { alarms } from './watching/alarms.ts';
import { dashboard } from './watching/dashboard.ts';
import { maintenance } from './watching/maintenance.ts';
import { recoveryRule, recoveryRuleRole, recoverySweeper } from './watching/recovery-rule.ts';
import { isInstance, isRecovered, machines, type WatchedStage } from './watching/watched.ts';

/** What watches the machines of services from AWS's side, and what is run on them: nothing, where there are no services. */
export function watching(stage: WatchedStage & Pick<CompiledStage, 'notify'>): Record<string, object> {
  const found = machines(stage);
  return {
    ...Object.assign(
      {},
      ...found.flatMap((machine) => [alarms(stage.stage, machine), maintenance(stage.stage, machine)]),
    ),
    ...agent(stage),
    ...(found.some(isInstance) && { RecoveryDocument: recoveryDocument(stage.stage) }),
    ...(found.some(isRecovered) && {
      RecoveryRule: recoveryRule(stage.stage, 'RecoverService', 'RecoveryRuleRole'),
      RecoveryRuleRole: recoveryRuleRole('RecoverService'),
      RecoverySweeperSchedule: recoverySweeper(),
    }),
    ...dashboard(stage),
  };
}

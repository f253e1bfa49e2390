import type { CompiledStage } from '../shared/stage/compiled.ts';
import { arn, type Sub } from './arns.ts';

/** The functions that carry-out-command has do what people say. */
const DOERS = ['acknowledgeIncident', 'listIncidents', 'listRuns', 'orderRecovery', 'overrideWorkload', 'showStatus'];

/** What the functions for Discord's commands may reach: nothing, where the stage file has no commands. */
export interface CommandsEstate {
  discordArns: { tables: object[]; carryOut: Sub[]; functions: Sub[] };
}

export function ofCommands({ stage, commands }: CompiledStage): CommandsEstate {
  if (!commands) return { discordArns: { tables: [], carryOut: [], functions: [] } };
  const named = (name: string) => arn('lambda', `function:lamplighter-${stage}-${name}`);
  return {
    discordArns: {
      tables: [{ 'Fn::GetAtt': ['StateTable', 'Arn'] }],
      carryOut: [named('carryOutCommand')],
      functions: DOERS.map(named),
    },
  };
}

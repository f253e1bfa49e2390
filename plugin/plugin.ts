import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Serverless } from './framework.ts';
import { useModelWithoutCredentials } from './local.ts';
import { planCommand, showPlan } from './plan.ts';
import { rehearseCommand, showRehearsal } from './rehearse.ts';
import { addRoles } from './roles.ts';

/** The local Serverless plugin: roles from the permissions beside each function, the compiled stage, and commands. */
export class Lamplighter {
  readonly commands = { rehearse: rehearseCommand, plan: planCommand };
  readonly hooks: Record<string, () => unknown>;

  constructor(serverless: Serverless, options: Record<string, string | boolean | undefined>) {
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: { permissions: { type: 'array', items: { type: 'object' } } },
    });
    const writeStage = () => writeCompiledStage(serverless);
    this.hooks = {
      initialize: async () => {
        addRoles(serverless);
        await useModelWithoutCredentials(serverless);
      },
      'before:package:createDeploymentArtifacts': writeStage,
      'before:invoke:local:invoke': writeStage,
      'rehearse:run': () => showRehearsal(serverless, options),
      'plan:show': () => showPlan(serverless, options),
    };
  }
}

function writeCompiledStage({ serviceDir, service }: Serverless): void {
  const file = join(serviceDir, '.lamplighter', 'stage.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(service.custom.estate.compiled));
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Serverless } from './framework.ts';
import { addRoles } from './roles.ts';

/** The local Serverless plugin: roles from the permissions beside each function, the compiled stage, and commands. */
export class Lamplighter {
  readonly hooks: Record<string, () => unknown>;

  constructor(serverless: Serverless) {
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: { permissions: { type: 'array', items: { type: 'object' } } },
    });
    const writeStage = () => writeCompiledStage(serverless);
    this.hooks = {
      initialize: () => addRoles(serverless),
      'before:package:createDeploymentArtifacts': writeStage,
      'before:invoke:local:invoke': writeStage,
    };
  }
}

function writeCompiledStage(serverless: Serverless): void {
  const file = join(serverless.serviceDir, '.lamplighter', 'stage.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(serverless.service.custom.estate.compiled));
}

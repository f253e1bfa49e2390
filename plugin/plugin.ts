import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Serverless } from './framework.ts';
import { isDeploying, newestOf, useNewestImages } from './image-tags.ts';
import { useModelWithoutCredentials } from './local.ts';
import { showLocalRun } from './locally.ts';
import { opsCommand, opsHooks } from './ops/index.ts';
import { planCommand, showPlan } from './plan.ts';
import { rehearseCommand, showRehearsal } from './rehearse.ts';
import { addRoles } from './roles.ts';
import { serveCommand, showServer } from './serve.ts';
import { refuseTooMany } from './too-many.ts';

/** The local Serverless plugin: roles from the permissions beside each function, the compiled stage, and commands. */
export class Lamplighter {
  readonly commands = { rehearse: rehearseCommand, plan: planCommand, serve: serveCommand, ops: opsCommand };
  readonly hooks: Record<string, () => unknown>;

  constructor(serverless: Serverless, options: Record<string, string | boolean | undefined>) {
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: { permissions: { type: 'array', items: { type: 'object' } } },
    });
    const writeStage = () => writeCompiledStage(serverless, join(serverless.serviceDir, '.lamplighter'));
    const packageFolder = resolve(serverless.serviceDir, String(options['package'] ?? '.serverless'));
    this.hooks = {
      initialize: async () => {
        addRoles(serverless);
        await useModelWithoutCredentials(serverless);
      },
      'before:package:createDeploymentArtifacts': async () => {
        writeStage();
        // Loaded only now: it brings esbuild with it, which most commands do not need.
        const { writeWeb } = await import('../web/build.ts');
        await writeWeb(join(serverless.serviceDir, '.lamplighter', 'web'));
      },
      'before:invoke:local:invoke': writeStage,
      'after:aws:package:finalize:mergeCustomProviderResources': async () => {
        const template = serverless.service.provider.compiledCloudFormationTemplate;
        const { compiled } = serverless.service.custom.estate;
        refuseTooMany(Object.keys(template.Resources).length, compiled);
        if (isDeploying(serverless)) await useNewestImages(compiled, template, newestOf(serverless));
      },
      // Beside the template, where the rehearsal finds both.
      'after:package:finalize': () => writeCompiledStage(serverless, packageFolder),
      'rehearse:run': () => (options['locally'] ? showLocalRun : showRehearsal)(serverless, options),
      'plan:show': () => showPlan(serverless, options),
      'serve:run': () => showServer(serverless, options),
      ...opsHooks(serverless, options),
    };
  }
}

function writeCompiledStage({ service }: Serverless, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'stage.json'), JSON.stringify(service.custom.estate.compiled));
}

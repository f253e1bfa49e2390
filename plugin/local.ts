import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWeb } from '../web/build.ts';
import type { Serverless, Template } from './framework.ts';

/** What `sls invoke local` of the framework is made of. */
interface InvokeLocal {
  options: { functionObj: { name: string }; env?: string | string[] };
  loadEnvVars(): Promise<void>;
  invokeLocalNodeJs(path: string, name: string, event: unknown): Promise<void>;
}

interface Framework extends Serverless {
  getProvider(name: 'aws'): {
    getRegion(): string;
    getAwsSdkV3CredentialsProvider(): (context: object) => Promise<unknown>;
  };
  pluginManager: Serverless['pluginManager'] & { hooks: Record<string, unknown[]>; plugins: object[] };
  utils: { writeFileSync(file: string, contents: unknown): void };
}

/** Who gives one of these means an AWS, even when it does not answer. */
const GIVEN = /^AWS_(ENDPOINT_URL|ACCESS_KEY_ID|PROFILE|CONTAINER_CREDENTIALS|WEB_IDENTITY)/;

/** Hooks that bundle, zip or write files: the model runs the handlers' own source, so the template is enough. */
const NOT_NEEDED = [
  'package:cleanup',
  'before:package:createDeploymentArtifacts',
  'package:createDeploymentArtifacts',
  'after:package:createDeploymentArtifacts',
  'aws:package:finalize:saveServiceState',
  'before:invoke:local:invoke',
];

/**
 * Lets `sls invoke local` run against the rehearsal's model of AWS when the framework finds no credentials and no
 * AWS_ENDPOINT_URL is given; otherwise changes nothing.
 *
 * The framework goes on reading its options and the event. Two of its steps are replaced: the one that asks AWS for
 * credentials and references, and the one that requires the bundle. The bundle has the SDK inlined, where nothing
 * can take AWS's place; the handlers' source is what every rehearsal runs. Nothing is written in the service's
 * folder, so any number of these may run at once.
 */
export async function useModelWithoutCredentials(serverless: Serverless): Promise<void> {
  const framework = serverless as Framework;
  const { commands, options } = framework.processedInput;
  if (commands.join(' ') !== 'invoke local' || options['docker'] || (await isAwsGiven(framework))) return;
  process.stderr.write("No AWS credentials: AWS is the rehearsal's model.\n");
  withoutBundles(framework);
  const { plugins } = framework.pluginManager;
  const invokeLocal = plugins.find((plugin) => plugin.constructor.name === 'AwsInvokeLocal') as InvokeLocal;
  invokeLocal.loadEnvVars = async () => undefined;
  invokeLocal.invokeLocalNodeJs = (_path, _name, event) => invoke(framework, invokeLocal.options, event);
}

/** Compiles the template, and neither bundles nor writes anything. */
export async function packageTemplateAlone(serverless: Serverless): Promise<Template> {
  withoutBundles(serverless as Framework);
  await serverless.pluginManager.spawn('package');
  return JSON.parse(JSON.stringify(serverless.service.provider.compiledCloudFormationTemplate));
}

function withoutBundles({ pluginManager: { hooks }, utils, configurationInput }: Framework): void {
  for (const hook of NOT_NEEDED) delete hooks[hook];
  // The framework saves a first template that only a deployment reads.
  utils.writeFileSync = () => undefined;
  // Its "✓ definition is valid" is no part of the answer.
  Object.assign(configurationInput.stepFunctions ?? {}, { validate: false });
}

async function isAwsGiven(framework: Framework): Promise<boolean> {
  if (Object.keys(process.env).some((name) => GIVEN.test(name))) return true;
  const provider = framework.getProvider('aws');
  try {
    await provider.getAwsSdkV3CredentialsProvider()({ callerClientConfig: { region: provider.getRegion() } });
    return true;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // A file with nothing but a region gives no credentials. Any other error, such as an expired login, is the
    // framework's to say.
    const isEmptyDefault = code === 'UNRECOGNIZED_AWS_PROFILE' && message.includes('"default"');
    return code !== 'AWS_CREDENTIALS_NOT_FOUND' && !isEmptyDefault;
  }
}

/** Invokes the function in the model. Only its result goes to stdout; what it logs goes to stderr. */
async function invoke(framework: Framework, options: InvokeLocal['options'], event: unknown): Promise<void> {
  const { service, serviceDir, pluginManager } = framework;
  await pluginManager.spawn('package');
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-local-'));
  try {
    const stage = service.custom.estate.compiled;
    const stageFile = join(folder, 'stage.json');
    writeFileSync(stageFile, JSON.stringify(stage));
    // Loaded only now: the model brings the SDK with it, which no other command needs.
    const { invokeInModel } = await import('./local-world.ts');
    const webFolder = join(folder, 'web');
    if (options.functionObj.name.endsWith('-servePage')) await writeWeb(webFolder);
    const answer = await invokeInModel({
      template: JSON.parse(JSON.stringify(service.provider.compiledCloudFormationTemplate)),
      stage,
      stageFile,
      root: serviceDir,
      name: options.functionObj.name,
      environment: {
        WEB_FOLDER: webFolder,
        ...Object.fromEntries([options.env ?? []].flat().map((text) => text.split(/=(.*)/s, 2))),
      },
      event,
    });
    process.stdout.write(`${JSON.stringify('error' in answer ? answer.error : answer.result, null, 4)}\n`);
    if ('error' in answer) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

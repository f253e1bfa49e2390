import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

interface PluginOptions extends Omit<BuildOptions, 'plugins'> {
  outputFileExtension: string;
  skipRebuild: boolean;
  exclude: string[];
  plugins: string;
}

const ours: PluginOptions = createRequire(import.meta.url)('./options.cjs');

/** What serverless-esbuild 1.57 sets where `custom.esbuild` is silent, its target taken from our runtime. */
const defaults: BuildOptions = { bundle: true, platform: 'node', target: 'node24', external: ['aws-sdk'] };

/** Bundles one file as serverless-esbuild does for `sls package`; returns the way to the bundle. */
export async function bundle(entry: string, outdir: string): Promise<string> {
  const { outputFileExtension, skipRebuild: _, exclude, plugins, ...options } = ours;
  const loaded: { default: Plugin[] } = await import(`../${plugins}`);
  return write(entry, `${outdir}/${nameOf(entry)}${outputFileExtension}`, {
    ...defaults,
    ...options,
    external: exclude,
    plugins: loaded.default,
  });
}

/** Bundles one file as serverless-esbuild does for whoever configures nothing. */
export async function bundleByDefault(entry: string, outdir: string): Promise<string> {
  return write(entry, `${outdir}/${nameOf(entry)}.default.js`, defaults);
}

async function write(entry: string, outfile: string, options: BuildOptions): Promise<string> {
  const absWorkingDir = fileURLToPath(new URL('..', import.meta.url));
  await build({ ...options, entryPoints: [entry], outfile, absWorkingDir, logLevel: 'silent' });
  return outfile;
}

/** `functions/start-instance/handler.ts` is `start-instance`. */
function nameOf(entry: string): string {
  return entry.replace(/(?:\/handler)?\.ts$/, '').replace(/^.*\//, '');
}
